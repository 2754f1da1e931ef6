import Basics
import Programme
import Regions

/// Words by which the columns of a stranger's export are known: beginnings of words, in the languages in which exports come.
///
/// They only propose; what a form finally reads is looked at by a person.
enum DraftWords {
  /// By field: phrases of which all beginnings of words occur in a heading. The first are the surest.
  static let fields: [String: [String]] = [
    "email": [
      "email", "e mail", "mail", "courriel", "adresse electronique", "correo", "correo electronico",
      "posta elettronica",
      "电子邮件", "邮箱", "メール", "elektronicka posta", "elpost", "sahkoposti", "почта", "adres e mail",
    ],
    "employeeNumber": [
      "employee number", "employee id", "personnel number", "staff number", "staff id", "personalnummer",
      "personal nr",
      "mitarbeiternummer", "matricule", "numero employe", "numero empleado", "matricola", "osobni cislo",
      "cislo zamestnance",
      "zamestnanecke cislo", "os cislo", "osobne cislo", "numer pracownika", "nr pracownika",
      "numer ewidencyjny", "torzsszam",
      "dolgozoi azonosito", "工号", "员工编号", "社員番号", "marca", "personeelsnummer", "anstallningsnummer",
      "medarbejdernummer",
      "henkilonumero", "табельный", "pernr", "worker id", "person id external", "employee", "empleado",
      "employe", "salarie", "dipendente", "mitarbeiter", "pracownik", "zamestnanec", "dolgozo", "colaborador",
      "funcionario", "matricula", "legajo", "medarbetare", "ansatt", "tyontekija",
    ],
    "givenName": [
      "first name", "given name", "forename", "vorname", "prenom", "nombre", "nome proprio", "jmeno",
      "krstne meno", "imie",
      "keresztnev", "utonev", "voornaam", "fornavn", "fornamn", "etunimi", "имя", "prenume",
    ],
    "familyName": [
      "last name", "family name", "surname", "nachname", "familienname", "nom de famille", "nom", "apellido",
      "apellidos",
      "cognome", "sobrenome", "prijmeni", "priezvisko", "nazwisko", "vezeteknev", "csaladnev", "achternaam",
      "efternavn",
      "efternamn", "sukunimi", "фамилия", "nume de familie",
    ],
    "name": [
      "full name", "name", "display name", "formal name", "nom complet", "nom et prenom", "nom prenom",
      "nombre completo",
      "nombre y apellidos", "nome completo", "nome e cognome", "cele jmeno", "jmeno a prijmeni",
      "prijmeni a jmeno",
      "meno a priezvisko", "imie i nazwisko", "nazwisko i imie", "teljes nev", "nev", "姓名", "名前", "氏名",
      "naam", "navn", "namn",
      "nimi", "фио", "nume si prenume", "nazwa", "zamestnanec",
    ],
    "department": [
      "department", "dept", "organisational unit", "organizational unit", "org unit", "team", "division",
      "abteilung",
      "organisationseinheit", "bereich", "departement", "service", "direction", "unite", "departamento",
      "area", "reparto",
      "dipartimento", "oddeleni", "utvar", "stredisko", "odbor", "usek", "oddelenie", "dzial", "departament",
      "komorka",
      "reszleg", "osztaly", "部门", "部署", "afdeling", "avdelning", "osasto", "отдел", "подразделение",
      "departamentul",
    ],
    "site": [
      "site", "location", "work location", "office location", "plant", "standort", "arbeitsort", "dienstort",
      "lieu", "lieu de travail",
      "etablissement", "implantation", "ubicacion", "centro de trabajo", "sede", "lokalita", "pracoviste",
      "misto vykonu",
      "misto", "pobocka", "zavod", "pracovisko", "lokalizacja", "miejsce pracy", "oddzial", "telephely",
      "munkahely", "地点",
      "工作地点", "勤務地", "locatie", "vestiging", "lokation", "ort", "toimipaikka", "площадка", "city", "ville",
      "mesto", "miasto",
    ],
    "level": [
      "level", "grade", "pay grade", "job level", "career level", "band", "ebene", "stufe", "entgeltgruppe",
      "gehaltsgruppe",
      "niveau", "echelon", "classification", "nivel", "livello", "uroven", "stupen", "platova trida",
      "tarifni trida", "trida",
      "poziom", "szczebel", "szint", "besorolas", "级别", "职级", "等級", "niva", "taso", "уровень",
    ],
    "manager": [
      "manager", "manager id", "supervisor", "line manager", "reports to", "vorgesetzter", "vorgesetzte",
      "fuhrungskraft",
      "responsable", "superieur", "manager n 1", "jefe", "superior", "capo", "vedouci", "nadrizeny",
      "cislo nadrizeneho",
      "veduci", "nadriadeny", "przelozony", "kierownik", "vezeto", "felettes", "上级", "经理", "上司",
      "leidinggevende", "chef",
      "esimies", "руководитель",
    ],
    "languages": [
      "languages", "language", "spoken languages", "sprachen", "sprachkenntnisse", "langues",
      "langues parlees", "idiomas",
      "lenguas", "lingue", "jazyky", "jazyk", "jazykove znalosti", "jezyki", "jezyk", "znajomosc jezykow",
      "nyelvek", "nyelv",
      "nyelvtudas", "语言", "言語", "talen", "sprog", "sprak", "kielet", "языки", "limbi",
    ],
    "timeZone": [
      "time zone", "timezone", "zeitzone", "fuseau horaire", "zona horaria", "casove pasmo", "strefa czasowa",
      "时区",
    ],
    "workingHours": [
      "working hours", "hours", "arbeitszeit", "horaires", "horario", "pracovni doba", "godziny pracy",
      "munkaido",
    ],
    "workingDays": [
      "working days", "arbeitstage", "jours travailles", "dias laborables", "pracovni dny", "dni pracy",
    ],
    "role": [
      "role", "your role", "rolle", "rola", "szerep", "role souhaite", "rol", "ruolo", "角色",
      "mentor or mentee",
      "mentor ou mentore", "i would like to be", "je souhaite etre", "souhaitez vous etre", "chci byt",
      "chcete byt",
      "chce byc", "je souhaite participer en tant", "participer tant que", "participate as", "take part as",
      "teilnehmen als",
      "zucastnit jako", "programu jako", "szeretnek lenni", "роль",
    ],
    "learn": [
      "learn", "wants", "wish", "would like to learn", "want to learn", "lernen", "apprendre", "aprender",
      "imparare", "naucit", "nauczyc",
      "tanulni", "megtanulni", "学习", "想学", "学び", "leren", "lara", "oppia", "научиться", "skills wanted",
      "progresser",
      "decouvrir", "zlepsit", "dozvedet",
    ],
    "teach": [
      "teach", "offers", "can you do", "could teach", "skills offered", "share your", "pass on", "gut konnen",
      "konnen sie gut", "weitergeben",
      "beibringen", "enseigner", "transmettre", "partager", "apporter", "savez faire", "ensenar", "insegnare",
      "ucit ostatni",
      "naucit ostatni", "predat", "umite", "muzete naucit", "muzete nabidnout", "uczyc innych", "potrafi",
      "przekazac", "ert",
      "tanitani", "megtanitani", "擅长", "教", "能教", "教える", "onderwijzen", "lara ut", "opettaa", "научить",
    ],
    "interests": [
      "interests", "interested", "hobbies", "interessieren", "interessen", "interets", "centres d interet",
      "interesse",
      "intereses", "interessi", "interesuje", "zajmy", "zajima", "zaujmy", "zainteresowania", "erdekli",
      "erdeklodes", "兴趣",
      "興味", "kiinnostaa", "интересы", "loisirs", "konicky",
    ],
    "comments": [
      "comments", "comment", "remarks", "anything else", "notes", "bemerkungen", "kommentar", "anmerkungen",
      "commentaires",
      "remarques", "autre chose", "comentarios", "osservazioni", "poznamky", "poznamka", "komentar", "uwagi",
      "komentarz",
      "megjegyzes", "备注", "评论", "コメント", "opmerkingen", "kommentti", "комментарий",
    ],
    "capacity": [
      "how many tandems", "how many mentees", "capacity", "wie viele tandems", "combien de tandems",
      "combien de mentores",
      "kolik tandemu", "ile tandemow", "hany tandem", "cuantos tandems",
    ],
    "consent": [
      "consent", "i agree", "agree to", "privacy", "data protection", "einwilligung", "einverstanden",
      "stimme zu", "datenschutz",
      "consentement", "j accepte", "donnees personnelles", "consentimiento", "acepto", "consenso", "souhlas",
      "souhlasim",
      "zpracovanim udaju", "suhlas", "zgoda", "zgadzam", "wyrazam zgode", "hozzajarulas", "hozzajarulok",
      "同意", "toestemming",
      "samtykke", "samtycke", "suostumus", "согласие", "rgpd", "gdpr",
    ],
    "timestamp": [
      "completion time", "submitdate", "date submitted", "survey timestamp", "timestamp", "recorded date",
      "end date", "submitted",
      "submit date", "zeitstempel", "fertigstellungszeit", "datum abgeschickt", "heure de fin", "horodateur",
      "date de soumission",
      "hora de finalizacion", "marca temporal", "ora di completamento", "cas dokonceni", "cas vyplneni",
      "casova znacka",
      "datum odeslani", "odeslano", "godzina ukonczenia", "sygnatura czasowa", "data wyslania",
      "befejezes idopontja", "idobelyeg",
      "完成时间", "时间戳", "タイムスタンプ", "datum odoslani", "date modified", "lastdata", "submission time", "dokonceno",
    ],
    "response": [
      "response id", "respondent id", "record id", "antwort id", "response", "submission id", "id odpowiedzi",
    ],
    "acquainted": [
      "whom do you know", "already know", "kennen sie bereits", "connaissez vous deja", "koho uz znate",
    ],
  ]

  /// Headings that mean another thing than a field of that name.
  private static let others: [String: [String]] = [
    "timestamp": [
      "start time", "startdate", "heure de debut", "cas zahajeni", "godzina rozpoczecia", "startzeit",
    ],
    "name": [
      "file name", "user name", "company name", "manager", "vedouci", "nadrizeny", "vorgesetzt",
      "responsable",
    ],
    "email": ["manager", "vedouciho", "nadrizeneho", "responsable", "vorgesetzt", "superieur"],
    "response": ["completion", "time"],
    "learn": [
      "teach", "transmettre", "enseigner", "partager", "ostatni", "predat", "beibringen", "weitergeben",
      "uczyc innych",
      "potrafi", "muzete",
    ],
    "role": ["job", "function", "fonction", "pozice"],
  ]

  private static let index: [(field: String, phrases: [[String]], others: [[String]])] =
    fields.keys.sorted().map { field in
      (field, (fields[field] ?? []).map(words), (others[field] ?? []).map(words))
    }

  /// Words without case, accents and punctuation.
  static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map { WordKey($0).loose }.filter { !$0.isEmpty }
  }

  /// How surely a heading means each field, 0 to 100.
  static func scores(_ heading: String) -> [String: Int] {
    let own = words(heading)
    guard !own.isEmpty else { return [:] }
    let joined = own.joined()
    var scores: [String: Int] = [:]
    for (field, phrases, others) in index where !others.contains(where: { occurs($0, in: own, joined) }) {
      for phrase in phrases {
        let isWhole = phrase.joined() == joined
        guard isWhole || occurs(phrase, in: own, joined) else { continue }
        // The more of the heading a phrase is, the surer.
        let share = 40 * phrase.reduce(0) { $0 + $1.count } / max(1, joined.count)
        scores[field] = max(scores[field] ?? 0, isWhole ? 95 : 45 + min(40, share))
      }
    }
    // What is the whole name of one field is not another's in part: `Marca temporal` is no `marca`.
    return scores.values.contains(95) ? scores.filter { $0.value == 95 } : scores
  }

  /// Whether each word of the phrase begins a word of the heading; of scripts without spaces, whether it is in it.
  private static func occurs(_ phrase: [String], in own: [String], _ joined: String) -> Bool {
    phrase.allSatisfy { word in
      word.unicodeScalars.allSatisfy { $0.value > 0x2E80 }
        ? joined.contains(word)
        : own.contains { word.count < 4 ? $0 == word : $0.hasPrefix(word) }
    }
  }

  // MARK: - Values

  private static let both = [
    "both", "either", "beides", "beide", "les deux", "oboje", "oba", "obe", "mindketto", "ambos", "entrambi",
    "两者", "都", "obie",
    "begge", "bada", "molemmat", "оба", "mentor and mentee", "mentor i mentee",
  ]
  private static let mentees = [
    "mentee", "mentoree", "mentore", "mentees", "mentorat", "mentoralt", "learner", "lernende", "mentorovany",
    "mentorovana",
    "menti", "被指导者", "学员", "mentorando", "apprenant", "uczen", "mentorowany", "mentorowana", "zak", "ucit se",
  ]
  private static let mentors = [
    "mentor", "mentorin", "mentorka", "mentrice", "mentorat mentor", "导师", "mentora", "tutor", "parrain",
    "指导者", "ментор",
  ]

  /// What a word of a role column means; nil where that is not known.
  static func role(_ text: String) -> Role? {
    let own = words(text)
    let joined = own.joined()
    func names(_ list: [String]) -> Bool {
      list.contains { phrase in
        let wanted = words(phrase)
        return wanted.joined() == joined
          || wanted.allSatisfy { word in
            word.unicodeScalars.allSatisfy { $0.value > 0x2E80 } ? joined.contains(word) : own.contains(word)
          }
      }
    }
    if names(both) { return .either }
    let (isMentee, isMentor) = (names(mentees), names(mentors))
    if isMentee, isMentor { return .either }
    if isMentee { return .mentee }
    return isMentor ? .mentor : nil
  }

  private static let yes: Set = [
    "ano", "souhlasim", "souhlasimse", "suhlasim", "jaccepte", "oui", "daccord", "acepto", "zgadzamsie",
    "zgoda", "einverstanden",
    "ichstimmezu", "hozzajarulok", "はい", "sim", "da", "taip", "ja", "iagree", "accept", "iaccept",
    "yesiagree", "да", "kylla",
    "oznaceno", "quoted", "selected", "wahr", "vrai", "pravda",
  ]
  private static let no: Set = [
    "ne", "nesouhlasim", "nesuhlasim", "jerefuse", "jenacceptepas", "noacepto", "niezgadzamsie", "いいえ", "nao",
    "nu", "nej", "nee",
    "idisagree", "idonotagree", "нет", "ei", "nonselectionne", "notquoted", "notselected", "falsch", "faux",
    "nepravda",
  ]

  /// Yes or no in words that an import does not know by itself.
  static func flag(_ text: String) -> Bool? {
    let key = WordKey(text).loose
    if yes.contains(key) { return true }
    if no.contains(key) { return false }
    // `Ano, souhlasím se zpracováním údajů`
    let first = words(String(text.prefix { $0 != "," && $0 != ":" && $0 != "–" })).joined()
    guard first != key else { return nil }
    if FieldText.flag(first, words: [:]) == true || yes.contains(first) { return true }
    return FieldText.flag(first, words: [:]) == false || no.contains(first) ? false : nil
  }
}
