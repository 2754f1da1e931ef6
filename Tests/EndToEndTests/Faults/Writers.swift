import Foundation
import TestSupport

extension Writer {
  private static let plan = [
    "tandem-schedule", "--cohort", Material.cohort, "--format", "ndjson", "--busy",
    Material.examples + "/busy",
  ]
  private static let now = Material.now
  private static let later = ["--now", "2026-10-20T08:00:00Z"]

  /// Every call of every tool that writes a file, but those that speak with a server.
  static let all: [Writer] =
    imports + matching + scheduling + invitations + [
      Writer(
        name: "survey missing --names --outbox",
        call: [
          "tandem-survey", "missing", "--survey", "midterm", "--cohort", Material.cohort, "--names",
          "out/names.csv",
          "--outbox", "box", "--link", "https://survey.example.com/m", "--closes", "2027-01-31", "stream",
        ] + later,
        prepare: { desk, material in
          try desk.file("stream", material.sessions)
          try desk.file("out/names.csv", "old\n")
          try desk.run(["tandem-invite", "make", "--outbox", "box"] + now, input: "stream")
        }, grows: ["box/journal.ndjson"]),
      Writer(
        name: "find --invite --asked",
        call: [
          "tandem-find", "--for", "pl:710001", "--topic", "wideo", "--purpose", "rehearsal", "--asked",
          "asked.csv",
          "--on", "2026-10-05", "--invite", "--limit", "2",
        ], input: "people",
        prepare: { desk, material in
          let open = material.people.replacing(",\"id\":\"pl:", with: ",\"findable\":true,\"id\":\"pl:")
          try desk.file("people", open)
          try desk.file("asked.csv", "person,date,asker,purpose\npl:1,2026-10-01,pl:2,campaign\n")
        }, isOnce: true),
      Writer(
        name: "workshop --rosters --invitations",
        call: [
          "tandem-workshop", "--cohort", Material.cohort, "--busy", Material.examples + "/busy", "--rosters",
          "rosters", "--invitations", "invited", "stream",
        ] + now, prepare: { desk, material in try desk.file("stream", material.all) }),
      Writer(
        name: "region new",
        call: [
          "tandem-region", "new", "xx", "--config", "config", "--country", "PL", "--name", "Nowy", "--site",
          "Opole",
          "--zone", "Europe/Warsaw", "--language", "pl", "--office-name", "Biuro", "--office-email",
          "b@example.com",
          "--year", "2026",
        ],
        prepare: { desk, _ in
          try FileManager.default.createDirectory(
            atPath: desk.path + "/config/regions", withIntermediateDirectories: true)
          for name in ["programme.yaml", "topics.yaml", "texts", "forms", "holidays", "regions/pl"] {
            try FileManager.default.copyItem(
              atPath: "\(Repository.path)/Config/\(name)", toPath: "\(desk.path)/config/\(name)")
          }
        }, whenDone: 73),
      Writer(
        name: "region schema", call: ["tandem-region", "schema", "--config", "config"],
        prepare: { desk, _ in
          try desk.file("config/schemas/programme.json", "old\n")
          try FileManager.default.copyItem(
            atPath: Repository.path + "/Config/programme.yaml",
            toPath: desk.path + "/config/programme.yaml")
        }),
    ]

  private static let imports = [
    Writer(
      name: "import --rejects --topics-report",
      call: [
        "tandem-import", "staff.csv", Material.examples + "/answers.xml", "--rejects", "out/bad.csv",
        "--topics-report=out/words.csv",
      ],
      prepare: { desk, _ in
        try badStaff(desk)
        try desk.file("out/bad.csv", "old\n")
      }),
    Writer(
      name: "import --rejects FOLDER/",
      call: ["tandem-import", "staff.csv", "more.csv", "--rejects", "bad/"],
      prepare: { desk, _ in
        let text = try badStaff(desk)
        try desk.file("more.csv", text.replacing("7100", with: "7200"))
      }),
    Writer(
      name: "import --pseudonyms",
      call: ["tandem-import", "staff.csv", Material.examples + "/answers.xml", "--pseudonyms", "key.json"],
      prepare: { desk, material in
        try badStaff(desk)
        try desk.file(
          "first.ndjson", material.people.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n")
        try desk.run(["tandem-import", "first.ndjson", "--pseudonyms", "key.json"])
      }),
    Writer(
      name: "import forget",
      call: [
        "tandem-import", "forget", "p710004@pl.example.com", "files", "--receipt", "receipt.ndjson", "--date",
        "2026-12-01", "--format", "ndjson",
      ],
      prepare: { desk, material in
        try desk.file("files/a-people.ndjson", material.people)
        try desk.file("files/plan.ndjson", material.sessions)
        try desk.file("files/staff.csv", String(decoding: try staff(), as: UTF8.self))
        try desk.file(
          "files/rejects.csv", "E-mail;Imię i nazwisko\np710004@pl.example.com;Ewa\nx@y.example.com;Jan\n")
        try desk.file("files/zz-notes.csv", "id;note\n710004;away\n710001;here\n")
        try desk.run(
          ["tandem-schedule", "--cohort", Material.cohort, "--invitations", "files/invited", "--quiet"]
            + now,
          input: "files/plan.ndjson", expecting: [0, 69])
      }, lists: ["receipt.ndjson"], whenDone: 65, tellsItsOwn: true),
  ]

  @discardableResult private static func badStaff(_ desk: Desk) throws -> String {
    let text = String(decoding: try staff(), as: UTF8.self) + "710099;No Address;;Sales;Nowhere;x;;\r\n"
    try desk.file("staff.csv", text)
    return text
  }

  private static func staff() throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: Material.examples + "/staff.csv")))
  }

  private static let matching = [
    Writer(
      name: "match --candidates --certificate",
      call: [
        "tandem-match", "--cohort", Material.cohort, "--candidates", "out/pairs.csv", "--certificate",
        "out/proof",
        "people",
      ],
      prepare: { desk, material in
        try desk.file("people", material.people)
        try desk.file("out/proof", "old\n")
      })
  ]

  private static let scheduling = [
    Writer(
      name: "schedule --invitations", call: plan + now + ["--invitations", "invited"], input: "tandems",
      prepare: { desk, material in try desk.file("tandems", material.tandems) }),
    Writer(
      name: "schedule --previous --invitations --outbox",
      call: plan + later + [
        "--previous", "before", "--absent", "pl:710000", "2026-11-02", "2026-11-20", "--invitations",
        "invited",
        "--outbox", "box",
      ], input: "tandems",
      prepare: { desk, material in
        try desk.file("tandems", material.tandems)
        try desk.file("before", material.sessions)
        try desk.run(
          plan + now + ["--previous", "before", "--invitations", "invited", "--outbox", "box", "--quiet"],
          input: "tandems")
      }, grows: ["box/journal.ndjson"]),
    Writer(
      name: "schedule certificate", call: ["tandem-schedule", "certificate", "--to", "paper"], input: "held",
      prepare: { desk, material in try desk.file("held", material.held) }),
  ]

  private static let invitations =
    ["ics", "eml", "bundle"].map { form in
      Writer(
        name: "invite make --as \(form)",
        call: ["tandem-invite", "make", "--to", "out", "--as", form, "--previous", "before"] + later,
        input: "stream",
        prepare: { desk, material in
          try desk.file("stream", material.moved)
          try desk.file("before", material.sessions)
        })
    } + [
      Writer(
        name: "invite make --outbox",
        call: ["tandem-invite", "make", "--outbox", "box", "--to", "out"] + later,
        input: "stream",
        prepare: { desk, material in
          try desk.file("stream", material.moved)
          try desk.file("before", material.sessions)
          try desk.run(["tandem-invite", "make", "--outbox", "box"] + now, input: "before")
        }, grows: ["box/journal.ndjson"])
    ]
}
