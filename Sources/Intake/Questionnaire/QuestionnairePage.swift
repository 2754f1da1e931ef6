import Basics
import Pages
import Programme

/// A questionnaire as a page that sends nothing by itself: its script makes two lines of CSV of the answers, which the reader
/// copies, or sends as the text of a mail.
package struct QuestionnairePage {
  private let questionnaire: Questionnaire

  package init(_ questionnaire: Questionnaire) { self.questionnaire = questionnaire }

  private struct Words {
    var send: String
    var copy: String
    var other: String
  }

  private var words: Words {
    switch questionnaire.language.split(separator: "-").first {
    case "de": Words(send: "Als E-Mail senden", copy: "Als Text kopieren", other: "Weiteres")
    case "pl": Words(send: "Wyślij e-mailem", copy: "Skopiuj jako tekst", other: "Inne")
    case "hu": Words(send: "Küldés e-mailben", copy: "Másolás szövegként", other: "Egyéb")
    case "es": Words(send: "Enviar por correo", copy: "Copiar como texto", other: "Otros")
    case "fr": Words(send: "Envoyer par courriel", copy: "Copier le texte", other: "Autre")
    case "zh": Words(send: "用电子邮件发送", copy: "复制为文本", other: "其他")
    default: Words(send: "Send by e-mail", copy: "Copy as text", other: "Other")
    }
  }

  package var html: String {
    let title = MarkupText.escaped(questionnaire.title)
    var page = """
      \(PageHead.html(title: questionnaire.title, language: questionnaire.language, style: QuestionnairePage.style,
        runsScript: true))\
      <body>
      <main>
      <h1>\(title)</h1>
      <form id="form" data-office="\(text(questionnaire.office))" data-title="\(title)" \
      data-timestamp="\(text(questionnaire.timestamp ?? ""))">

      """
    for (index, question) in questionnaire.questions.enumerated() { page += item(question, "q\(index)") }
    page += """
      <p class="bar"><button type="submit">\(text(words.send))</button>
      <button type="button" id="copy">\(text(words.copy))</button></p>
      </form>
      <textarea id="text" readonly rows="4" hidden aria-label="CSV"></textarea>
      </main>
      <script>\(QuestionnairePage.script)</script>
      </body>
      </html>

      """
    return page
  }

  private func item(_ question: Questionnaire.Question, _ id: String) -> String {
    let heading = text(question.heading)
    let required = question.isRequired ? " required" : ""
    let data = "data-heading=\"\(heading)\""
    switch question.answer {
    case .text, .number:
      let kind = question.field == "email" ? "email" : question.answer == .number ? "number" : "text"
      return """
        <p \(data)><label for="\(id)">\(heading)</label><input id="\(id)" type="\(kind)"\(required)></p>

        """
    case .longText:
      return """
        <p \(data)><label for="\(id)">\(heading)</label><textarea id="\(id)" rows="3"\(required)></textarea></p>

        """
    case .choice(let choices):
      let options = choices.map { "<option>\(text($0.word))</option>" }.joined()
      return """
        <p \(data)><label for="\(id)">\(heading)</label><select id="\(id)"\(required)><option></option>\(options)</select></p>

        """
    case .choices(let choices, let separator):
      let boxes = choices.map {
        "<label><input type=\"checkbox\" value=\"\(text($0.word))\"> \(text($0.word))</label>"
      }.joined(separator: "\n")
      return """
        <fieldset \(data) data-separator="\(text(separator))"><legend>\(heading)</legend>
        <div class="choices">
        \(boxes)
        </div>
        <label for="\(id)">\(text(words.other))</label><input id="\(id)" type="text">
        </fieldset>

        """
    }
  }

  private func text(_ text: String) -> String { MarkupText.escaped(text) }

  private static let style =
    PageHead.palette + """
      body { margin: 0 auto; max-width: 46rem; padding: 0 1rem 3rem; color: var(--ink); background: var(--paper);
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; margin: 1.2rem 0 .6rem; }
      p, fieldset { margin: 1rem 0; }
      fieldset { border: 1px solid var(--line); border-radius: .3rem; padding: .4rem .8rem .8rem; }
      p > label, legend { display: block; font-weight: 600; }
      .choices { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .1rem .8rem; }
      input:not([type=checkbox]), select, textarea { font: inherit; color: inherit; background: var(--band); width: 100%;
        border: 1px solid var(--line); border-radius: .3rem; padding: .4rem; }
      button { font: inherit; padding: .4rem 1rem; margin: 0 .6rem .6rem 0; }
      :focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }

      """

  private static let script = """

    const form = document.getElementById('form');
    const quoted = cell => '"' + cell.replaceAll('"', '""') + '"';
    function csv() {
      const headings = [], cells = [];
      if (form.dataset.timestamp) {
        headings.push(form.dataset.timestamp);
        cells.push(new Date().toISOString().slice(0, 19).replace('T', ' '));
      }
      for (const item of form.querySelectorAll('[data-heading]')) {
        headings.push(item.dataset.heading);
        const free = item.querySelector('input:not([type=checkbox]), select, textarea').value.trim();
        const ticked = [...item.querySelectorAll('input:checked')].map(box => box.value);
        cells.push([...ticked, ...(free ? [free] : [])].join(item.dataset.separator || ''));
      }
      return headings.map(quoted).join(',') + '\\r\\n' + cells.map(quoted).join(',') + '\\r\\n';
    }
    function show() {
      const text = document.getElementById('text');
      text.value = csv();
      text.hidden = false;
      return text;
    }
    form.addEventListener('submit', event => {
      event.preventDefault();
      show();
      location.href = 'mailto:' + form.dataset.office + '?subject=' + encodeURIComponent(form.dataset.title)
        + '&body=' + encodeURIComponent(csv());
    });
    document.getElementById('copy').addEventListener('click', () => {
      if (!form.reportValidity()) return;
      const text = show();
      text.select();
      if (navigator.clipboard) navigator.clipboard.writeText(text.value);
    });

    """
}
