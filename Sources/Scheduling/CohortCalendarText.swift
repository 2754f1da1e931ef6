import Pages

/// The cohort calendar's style and behaviour: constant text, into which no data goes.
enum CohortCalendarText {
  static let style =
    PageHead.palette + """
      :root { --planned: #ddeafc; --planned-ink: #0b3d7a; --moved: #fdeccb; --moved-ink: #6b4400; --held: #1a7f37;
        --held-ink: #fff; --off: #f0f1f3; --off-ink: #6b2b28; --load: 26, 127, 200; --bad: #b3261e; --focus: #0a58ca; }
      @media (prefers-color-scheme: dark) { :root { --planned: #17324f; --planned-ink: #cfe3fb; --moved: #4d3810;
        --moved-ink: #fbe3b3; --held: #2ea043; --held-ink: #04130a; --off: #20262d; --off-ink: #ffb4ab;
        --load: 88, 166, 255; --bad: #ff8a80; --focus: #79b8ff; } }
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
      .scroll { overflow-x: auto; }
      table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums; }
      th, td { border-bottom: 1px solid var(--line); padding: .15rem .2rem; text-align: center; vertical-align: middle;
        font-weight: normal; min-width: 2.9rem; }
      thead th { position: sticky; top: 0; background: var(--band); line-height: 1.15; }
      thead small { display: block; min-height: 1.1em; }
      .first { border-left: 1px solid var(--line); }
      .who { position: sticky; left: 0; z-index: 1; background: var(--paper); text-align: left; min-width: 15rem; max-width: 19rem;
        border-right: 1px solid var(--line); }
      thead .who { background: var(--band); z-index: 2; }
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
      .cancelled { background: var(--off); color: var(--off-ink); text-decoration: line-through; }
      .load td { padding: .1rem; }
      .l1 { background: rgba(var(--load), .16); }
      .l2 { background: rgba(var(--load), .34); }
      .l3 { background: rgba(var(--load), .52); }
      .l4 { background: rgba(var(--load), .7); font-weight: 600; }
      [hidden] { display: none !important; }
      @page { size: landscape; margin: 8mm; }
      @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; --planned: #ddeafc;
          --planned-ink: #000; --moved: #fdeccb; --moved-ink: #000; --off: #fff; --off-ink: #000; --load: 26, 127, 200;
          --held: #cfe9d5; --held-ink: #000; }
        body { padding: 0; font-size: 7pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        .bar { display: none; } .scroll { overflow: visible; }
        table { width: 100%; } th, td { min-width: 0; padding: .05rem; } .s { min-width: 0; padding: 0 .1rem; }
        .s small { font-size: 4.6pt; white-space: normal; } .who { min-width: 0; width: 20%; }
        .p { white-space: normal; } thead th, .who { position: static; }
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
        count.textContent = tandems.filter(row => !row.hidden).length + ' of ' + tandems.length + ' tandems';
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
