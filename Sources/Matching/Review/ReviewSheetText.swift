import Pages

/// The review sheet's style and behaviour: constant text, into which no data goes.
enum ReviewSheetText {
  static let style =
    PageHead.palette + """
      :root { --lock: #1a7f37; --forbid: #b3261e; --focus: #0a58ca; }
      @media (prefers-color-scheme: dark) { :root { --lock: #57c878; --forbid: #ff8a80; --focus: #79b8ff; } }
      body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; color: var(--ink); background: var(--paper);
        font: 15px/1.45 system-ui, sans-serif; }
      header { position: sticky; top: 0; background: var(--paper); border-bottom: 1px solid var(--line); z-index: 1;
        padding: .5rem 0; }
      h1 { font-size: 1.3rem; margin: .2rem 0; }
      h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
      header p { margin: .2rem 0; }
      .help, small, .topics, .arrow { color: var(--soft); }
      .help { font-size: .85rem; }
      .bar { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin: .4rem 0; }
      .bar output { margin-left: auto; }
      button, input, select { font: inherit; }
      button { padding: .3rem .9rem; }
      .list { list-style: none; margin: 0; padding: 0; }
      .item { border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; padding: .5rem .75rem;
        margin: .4rem 0; scroll-margin-top: 10rem; }
      .item.lock { border-left-color: var(--lock); }
      .item.forbid { border-left-color: var(--forbid); }
      .item:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
        outline: 2px solid var(--focus); outline-offset: 2px; }
      .head { display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: baseline; }
      .pair { flex: 1 1 24rem; }
      .score { font-variant-numeric: tabular-nums; font-weight: 600; min-width: 2.6rem; text-align: right; }
      .choices { white-space: nowrap; }
      .choices label { padding: .1rem .3rem; }
      .topics { margin: .2rem 0 .2rem 3.5rem; }
      details { margin-left: 3.5rem; }
      summary { cursor: pointer; color: var(--soft); width: fit-content; }
      table { border-collapse: collapse; margin: .4rem 0; width: 100%; font-size: .92rem; }
      caption { text-align: left; font-weight: 600; padding: .3rem 0; }
      th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top;
        font-weight: normal; overflow-wrap: anywhere; }
      thead th { background: var(--band); }
      .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
      meter { width: 4rem; height: .8rem; }
      [hidden] { display: none !important; }
      @media print { :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; }
        header { position: static; } .bar, .help, meter { display: none; } .item { break-inside: avoid; }
        details > * { display: revert; } details::details-content { content-visibility: visible; display: block; }
        thead { display: table-header-group; } }

      """

  static let script = """

    'use strict';
    (() => {
      const all = (query, from = document) => Array.from(from.querySelectorAll(query));
      const items = all('.item'), groups = all('.choices');
      const save = document.getElementById('save'), count = document.getElementById('count');
      const find = document.getElementById('find'), show = document.getElementById('show');
      let isSaved = true;
      const decision = group => (all('input:checked', group)[0] || {}).value || '';
      const key = group => group.dataset.mentor + '\\u0000' + group.dataset.mentee;
      const decided = () => {
        const seen = new Map();
        for (const group of groups) if (decision(group)) seen.set(key(group), group);
        return Array.from(seen.values());
      };
      const mark = item => {
        const group = item.querySelector('.head .choices');
        const own = group ? decision(group) : '';
        item.classList.toggle('lock', own === 'lock');
        item.classList.toggle('forbid', own === 'forbid');
      };
      const tell = () => {
        const made = decided(), locks = made.filter(group => decision(group) === 'lock').length;
        count.textContent = made.length
          ? locks + ' locked, ' + (made.length - locks) + ' forbidden' + (isSaved ? '' : ', not saved') : 'no decisions';
        save.disabled = made.length === 0 && isSaved;
        items.forEach(mark);
      };
      const fold = text => text.normalize('NFKD').replace(/[\\u0300-\\u036f]/g, '').toLowerCase();
      const words = new Map(items.map(item => [item, fold(item.textContent)]));
      const filter = () => {
        const wanted = fold(find.value).split(/\\s+/).filter(Boolean);
        for (const item of items) {
          const isDecided = all('.choices', item).some(decision);
          item.hidden = !wanted.every(word => words.get(item).includes(word))
            || (show.value === 'decided' && !isDecided) || (show.value === 'open' && isDecided);
        }
      };
      document.addEventListener('change', event => {
        const group = event.target.closest('.choices');
        if (!group) return;
        const twins = groups.filter(other => key(other) === key(group));
        for (const box of all('input', group)) if (box !== event.target && event.target.checked) box.checked = false;
        for (const twin of twins) for (const box of all('input', twin))
          box.checked = box.value === decision(group);
        isSaved = false;
        tell();
      });
      find.addEventListener('input', filter);
      show.addEventListener('change', filter);
      const cell = text => {
        const safe = /^[=+\\-@\\t\\r\\0]/.test(text) ? "'" + text : text;
        return /[",;\\r\\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
      };
      const file = () => ['decision,mentor,mentee,mentor name,mentee name'].concat(decided().map(group =>
        [decision(group), group.dataset.mentor, group.dataset.mentee, group.dataset.mentorName,
          group.dataset.menteeName].map(cell).join(','))).join('\\r\\n') + '\\r\\n';
      save.addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([file()], { type: 'text/csv;charset=utf-8' }));
        link.download = 'decisions-' + document.body.dataset.cohort.replace(/[^\\w.-]+/g, '-') + '.csv';
        document.body.append(link);
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
        isSaved = true;
        tell();
      });
      document.addEventListener('keydown', event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.matches('input:not([type=checkbox]), select')) {
          if (event.key === 'Escape') event.target.blur();
          return;
        }
        const shown = items.filter(item => !item.hidden);
        const item = event.target.closest('.item');
        const go = step => {
          const next = shown[Math.min(shown.length - 1, Math.max(0, (item ? shown.indexOf(item) : -1) + step))];
          if (next) next.focus();
        };
        const tick = value => {
          const box = item && item.querySelector('.head .choices input[value=' + value + ']');
          if (box) box.click();
        };
        const actions = { j: () => go(1), k: () => go(-1), l: () => tick('lock'), f: () => tick('forbid'),
          '/': () => find.focus() };
        const action = actions[event.key.toLowerCase()];
        if (action) { event.preventDefault(); action(); }
      });
      let opened = [];
      addEventListener('beforeprint', () => {
        opened = all('details:not([open])');
        for (const part of opened) part.open = true;
      });
      addEventListener('afterprint', () => { for (const part of opened) part.open = false; });
      addEventListener('beforeunload', event => { if (!isSaved) event.preventDefault(); });
      tell();
    })();

    """
}
