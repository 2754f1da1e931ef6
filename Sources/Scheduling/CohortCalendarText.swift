import Pages

/// The cohort calendar's style and behaviour: constant text, into which no data goes.
enum CohortCalendarText {
  static let style =
    PageHead.palette + """
      :root { --planned: #ddeafc; --planned-ink: #0b3d7a; --moved: #fdeccb; --moved-ink: #6b4400; --held: #1a7f37;
        --held-ink: #fff; --off: #f0f1f3; --off-ink: #6b2b28; --load: 26, 127, 200; --bad: #b3261e; --focus: #0a58ca;
        --today: #fff8d6; }
      @media (prefers-color-scheme: dark) { :root { --planned: #17324f; --planned-ink: #cfe3fb; --moved: #4d3810;
        --moved-ink: #fbe3b3; --held: #2ea043; --held-ink: #04130a; --off: #20262d; --off-ink: #ffb4ab;
        --load: 88, 166, 255; --bad: #ff8a80; --focus: #79b8ff; --today: #2b2a17; } }
      body { margin: 0; padding: 0 1rem 3rem; color: var(--ink); background: var(--paper);
        font: 14px/1.4 system-ui, sans-serif; }
      h1 { font-size: 1.3rem; margin: .6rem 0 .2rem; }
      h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; }
      header p { margin: .2rem 0; }
      small, .legend { color: var(--soft); }
      .bar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .5rem 0; }
      .bar output { color: var(--soft); }
      select, input { font: inherit; }
      select:focus-visible, input:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
      header, h2, .weeks { position: sticky; left: 1rem; max-width: calc(100vw - 2rem); }
      summary { cursor: pointer; }
      summary:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; }
      .who summary { list-style-position: outside; margin-left: 1rem; }
      details ul { margin: .2rem 0 .4rem; padding-left: 1rem; list-style: none; font-weight: normal; }
      .who ul { font-size: .85rem; }
      .week { border-bottom: 1px solid var(--line); padding: .2rem 0; }
      .week h3 { font-size: .95rem; margin: .5rem 0 .1rem 1rem; }
      .week ul { padding-left: 2rem; }
      .of { display: inline-block; min-width: 16rem; }
      .day { display: inline-block; min-width: 4rem; padding: 0 .3rem; border-radius: 4px; }
      .l0 { color: var(--soft); }
      .now { background: var(--today); box-shadow: inset 1px 0 var(--focus), inset -1px 0 var(--focus); }
      thead .now, .day.now { color: var(--focus); font-weight: 600; } thead .now small { color: inherit; }
      .vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
      table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
      th, td { border-bottom: 1px solid var(--line); padding: .15rem .2rem; text-align: center; vertical-align: middle;
        font-weight: normal; min-width: 2.9rem; }
      thead th { position: sticky; top: 0; z-index: 2; background: var(--band); line-height: 1.15; }
      thead th.n { min-width: 3.4rem; overflow-wrap: anywhere; }
      thead th.now { background: var(--today); }
      thead small { display: block; min-height: 1.1em; }
      .first { border-left: 1px solid var(--line); }
      .who { position: sticky; left: 0; z-index: 1; background: var(--paper); text-align: left; min-width: 15rem; max-width: 19rem;
        border-right: 1px solid var(--line); }
      thead .who { background: var(--band); z-index: 3; }
      .p { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .short { display: block; color: var(--bad); font-size: .8rem; }
      .n { text-align: right; padding-left: .6rem; }
      .s { display: inline-block; min-width: 2.6rem; padding: .05rem .2rem; border-radius: 4px; line-height: 1.15;
        border: 1px solid transparent; }
      .s small { display: block; font-size: .66rem; color: inherit; white-space: nowrap; }
      .legend .s { min-width: 1.6rem; text-align: center; }
      .planned { background: var(--planned); color: var(--planned-ink); }
      .moved { background: var(--moved); color: var(--moved-ink); border: 1px dashed currentColor; }
      .held { background: var(--held); color: var(--held-ink); }
      .held b::after { content: "\\2009✓"; }
      .missed { background: var(--off); color: var(--off-ink); border: 1px solid currentColor; }
      .missed b::after { content: "\\2009✗"; }
      .unrecorded { background: var(--off); color: var(--ink); border: 1px dotted currentColor; }
      .unrecorded b::after { content: "\\2009?"; }
      .cancelled { background: var(--off); color: var(--off-ink); text-decoration: line-through; }
      .load td { padding: .1rem; }
      .l1 { background: rgba(var(--load), .16); }
      .l2 { background: rgba(var(--load), .34); }
      .l3 { background: rgba(var(--load), .52); }
      .l4 { background: rgba(var(--load), .7); font-weight: 600; }
      [hidden] { display: none !important; }
      @media (max-width: 40rem) { .who { min-width: 8.5rem; max-width: 8.5rem; } .of { display: block; } .day { min-width: 3rem; }
        .p { white-space: normal; } .p small { display: none; } }
      @page { size: landscape; margin: 8mm; }
      @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; --planned: #ddeafc;
          --planned-ink: #000; --moved: #fdeccb; --moved-ink: #000; --off: #fff; --off-ink: #000; --load: 26, 127, 200;
          --held: #cfe9d5; --held-ink: #000; }
        body { padding: 0; font-size: 7pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        .bar, .weeks, .loads, noscript, .vh, details ul, .who .p small { display: none; }
        h1 { font-size: 11pt; margin: 0; } h2 { display: none; } header p { margin: 0; line-height: 1.2; }
        header, thead th, .who { position: static; max-width: none; }
        table { width: 100%; table-layout: fixed; } th, td, thead th.n { min-width: 0; padding: 0 .05rem; line-height: 1; }
        .s { min-width: 0; padding: 0 .05rem; } .s b { font-size: 6pt; } .s small { font-size: 4.2pt; }
        .who { min-width: 0; width: 30mm; font-size: 6pt; } .who summary { list-style: none; margin: 0; }
        .short { font-size: 4.6pt; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; } .n { width: 9mm; }
        .legend .s { min-width: 0; }
        thead { display: table-header-group; } tr { break-inside: avoid; } }

      """

  static let script = """

    'use strict';
    (() => {
      const whole = { ł: 'l', đ: 'd', ø: 'o', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };
      const fold = text => text.normalize('NFKD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase()
        .replace(/[łđøßæœı]/g, letter => whole[letter]);
      const rows = Array.from(document.querySelectorAll('tbody tr'));
      const tandems = rows.filter(row => !row.closest('.load'));
      const items = Array.from(document.querySelectorAll('[data-row]'));
      const words = new Map(rows.map(row => [row, fold(row.dataset.person || '')]));
      const [site, department, person] = ['site', 'department', 'person'].map(id => document.getElementById(id));
      const count = document.getElementById('count');
      const has = (row, name, value) => !value || (row.dataset[name] || '').split('\\n').includes(value);
      const filter = () => {
        const wanted = fold(person.value).split(/\\s+/).filter(Boolean);
        for (const row of rows) {
          const isRoom = row.dataset.person === undefined;
          row.hidden = !has(row, 'site', site.value) || !isRoom && (!has(row, 'department', department.value)
            || !wanted.every(word => words.get(row).includes(word)));
        }
        const days = new Map();
        for (const item of items) {
          item.hidden = tandems[item.dataset.row].hidden;
          if (!item.hidden) days.set(item.dataset.on, (days.get(item.dataset.on) || 0) + 1);
        }
        for (const day of document.querySelectorAll('[data-day]')) day.textContent = days.get(day.dataset.day) || 0;
        count.textContent = count.dataset.text.replace('SHOWN', tandems.filter(row => !row.hidden).length)
          .replace('ALL', tandems.length);
      };
      const keep = () => {
        const chosen = new URLSearchParams();
        for (const field of [site, department, person]) if (field.value) chosen.set(field.id, field.value);
        history.replaceState(null, '', '#' + chosen);
      };
      const chosen = new URLSearchParams(location.hash.slice(1));
      for (const field of [site, department, person]) field.value = chosen.get(field.id) || '';
      for (const field of [site, department, person]) field.addEventListener('input', () => { filter(); keep(); });
      const bar = document.querySelector('.bar');
      bar.addEventListener('submit', event => event.preventDefault());
      bar.hidden = false;
      filter();
    })();

    """
}
