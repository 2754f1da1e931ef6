/// The style of a survey's page: constant text, into which no data goes.
enum SurveyPageStyle {
  /// Answers run from `--s1` (against) over `--s4` (neither) to `--s7` (for); the ends differ for colour-blind readers too.
  static let css = """

    :root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --band: #f3f5f7; --line: #d0d7de;
      --focus: #0a58ca; --s1: #a6521a; --s2: #d98b4a; --s3: #f0c9a0; --s4: #cfd4da; --s5: #a9c9e8; --s6: #5a95cf;
      --s7: #1f5fa8; --on1: #fff; --on2: #1b1f24; --on3: #1b1f24; --on4: #1b1f24; --on5: #1b1f24; --on6: #1b1f24;
      --on7: #fff; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #0f1419; --band: #1a2129;
      --line: #37414c; --focus: #79b8ff; --s1: #e08a4e; --s2: #b8692f; --s3: #7a4a28; --s4: #4a535d; --s5: #2a4d70;
      --s6: #3a78b5; --s7: #79b4ec; --on1: #0f1419; --on2: #fff; --on3: #fff; --on4: #fff; --on5: #fff; --on6: #fff;
      --on7: #0f1419; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 68rem; padding: 0 1rem 3rem; color: var(--ink); background: var(--paper);
      font: 16px/1.5 system-ui, sans-serif; }
    h1 { font-size: 1.6rem; margin: 1.2rem 0 .3rem; }
    h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; scroll-margin-top: 1rem; }
    h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
    header p, .why { color: var(--soft); }
    .why { font-style: italic; }
    a { color: var(--focus); }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .3rem .6rem; }
    :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
    main:focus { outline: none; }
    figure { margin: 0 0 .6rem; overflow-x: auto; }
    svg { display: block; width: 100%; min-width: 40rem; height: auto; font: 13px system-ui, sans-serif; }
    svg text { fill: var(--ink); }
    svg .soft { fill: var(--soft); }
    svg .why { fill: var(--soft); font-style: italic; }
    svg .total { font-weight: 600; }
    svg .axis { stroke: var(--line); stroke-width: 1; }
    svg .mark { stroke: var(--ink); stroke-width: 1.5; fill: none; }
    svg .dot { fill: var(--ink); }
    svg .rate { fill: var(--s6); }
    svg .s1 { fill: var(--s1); } svg .s2 { fill: var(--s2); } svg .s3 { fill: var(--s3); } svg .s4 { fill: var(--s4); }
    svg .s5 { fill: var(--s5); } svg .s6 { fill: var(--s6); } svg .s7 { fill: var(--s7); }
    svg rect { stroke: var(--paper); stroke-width: .5; }
    svg .on1 { fill: var(--on1); } svg .on2 { fill: var(--on2); } svg .on3 { fill: var(--on3); }
    svg .on4 { fill: var(--on4); } svg .on5 { fill: var(--on5); } svg .on6 { fill: var(--on6); }
    svg .on7 { fill: var(--on7); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; font-size: .88rem; }
    caption { text-align: left; font-weight: 600; padding: .3rem 0; }
    th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top;
      font-weight: normal; }
    thead th { background: var(--band); vertical-align: bottom; }
    .n { text-align: right; font-variant-numeric: tabular-nums; }
    tbody .n { white-space: nowrap; }
    tbody th { min-width: 9rem; }
    .total th, .total td { font-weight: 600; }
    @media print { :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999;
      --s1: #a6521a; --s2: #d98b4a; --s3: #f0c9a0; --s4: #cfd4da; --s5: #a9c9e8; --s6: #5a95cf; --s7: #1f5fa8;
      --on1: #fff; --on2: #000; --on3: #000; --on4: #000; --on5: #000; --on6: #000; --on7: #fff; }
      @page { margin: 15mm; size: A4 landscape; }
      body { max-width: none; padding: 0; font-size: 11px; } nav, .skip { display: none; }
      svg rect, svg .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      h2, h3, caption { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
      .wide, figure { overflow: visible; } svg { min-width: 0; } tbody th { min-width: 0; } tbody .n { white-space: normal; } }

    """
}
