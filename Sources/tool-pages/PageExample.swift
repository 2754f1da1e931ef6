/// A command that a man page shows. The tests run all of them, in this order.
struct PageExample {
  var tool: String
  var purpose: String
  var command: String

  static let all = [
    PageExample(
      tool: "tandem", purpose: "Make a programme, and invite",
      command: """
        tandem init autumn --cohort 2026-autumn
        cd autumn
        tandem import ../pl/staff.csv ../pl/answers.xml
        tandem match
        tandem schedule --busy ../pl/busy --now 2026-09-14T09:00:00+02:00
        tandem invite
        """),
    PageExample(
      tool: "tandem", purpose: "See what needs doing today, and who changed what",
      command: """
        tandem status --programme autumn
        tandem log --programme autumn
        """),
    PageExample(
      tool: "tandem-store", purpose: "Build a pipeline on a programme's records",
      command: """
        export TANDEM_PROGRAMME=autumn
        tandem-store read | tandem-match --cohort 2026-autumn | tandem-store write
        """),
    PageExample(
      tool: "tandem", purpose: "The same on files and pipes, without a programme",
      command: """
        tandem import pl/staff.csv pl/answers.xml de/staff.csv de/answers.csv |
          tandem match --cohort 2026-autumn |
          tandem schedule --cohort 2026-autumn --busy pl/busy de/busy > plan.ndjson
        """),
    PageExample(
      tool: "tandem-import", purpose: "Read everything; keep what cannot be read",
      command: """
        tandem-import --rejects rejects.txt pl/staff.csv pl/answers.xml \\
          de/staff.csv de/answers.csv > people.ndjson
        """),
    PageExample(
      tool: "tandem-import", purpose: "Look at the people of one export",
      command: "tandem-import --region de --format table de/staff.csv"),
    PageExample(
      tool: "tandem-match", purpose: "Match a cohort, and prove that it is the best",
      command: """
        tandem-match --cohort 2026-autumn --certificate proof.json people.ndjson > tandems.ndjson
        tandem-match verify proof.json
        """),
    PageExample(
      tool: "tandem-match", purpose: "Look at the tandems",
      command: "tandem-match --cohort 2026-autumn --format table people.ndjson"),
    PageExample(
      tool: "tandem-schedule", purpose: "Plan the sessions, and write their invitations",
      command: """
        tandem-schedule --cohort 2026-autumn --busy pl/busy de/busy \\
          --invitations invitations tandems.ndjson > sessions.ndjson
        """),
    PageExample(
      tool: "tandem-schedule", purpose: "See who is behind",
      command: """
        tandem-schedule progress --cohort 2026-autumn --now 2026-12-01T00:00:00Z --by site \\
          --format table sessions.ndjson
        """),
    PageExample(
      tool: "tandem-calendar", purpose: "Fetch the busy calendars that changed",
      command: """
        printf 'person,kind,address\\n710001,ics,https://calendar.example.com/cal/f3a9.ics\\n' > calendars.csv
        tandem-calendar fetch calendars.csv --to busy
        """),
    PageExample(
      tool: "tandem-workshop", purpose: "Plan the workshops, with rosters to print",
      command: """
        tandem-workshop --cohort 2026-autumn --busy pl/busy de/busy --rosters rosters \\
          sessions.ndjson > workshops.ndjson
        """),
    PageExample(
      tool: "tandem-invite", purpose: "See who would be notified of what",
      command: "tandem-invite --dry-run --format table workshops.ndjson"),
    PageExample(
      tool: "tandem-invite", purpose: "Write the mails of what is new since the last run",
      command: "tandem-invite --outbox outbox --as eml workshops.ndjson > told.ndjson"),
    PageExample(
      tool: "tandem-survey", purpose: "Count who has not answered yet",
      command: "tandem-survey missing workshops.ndjson --survey midterm --cohort 2026-autumn --format table"),
    PageExample(
      tool: "tandem-find",
      purpose: "Find people to ask about a subject",
      command:
        "tandem-find --for pl:710000 --topic social-media people.ndjson --format table --on 2026-10-05"
    ),
    PageExample(
      tool: "tandem-region", purpose: "See which settings apply in a region, and which line sets each",
      command: "tandem-region show pl --why"),
    PageExample(
      tool: "tandem-region", purpose: "Check all regions",
      command: "tandem-region check"),
  ]
}
