import Foundation
import RecordStream

/// Records of every kind, as the built tools write them on Examples.
struct RecordLines {
  /// Each different line once, in the order in which they were met.
  let lines: [String]

  private static let page = """
    <!-- stand-in: smtp mail.example.org:587 -->
    <!-- file: pulse.csv -->
    ```csv
    \(pulse)
    ```
    ```sh
    export TANDEM_REGION=pl
    A=Examples/programme/pl
    printf 'hr\\ngeheim:ß€\\n' > login && chmod 600 login
    tandem-import $A/staff.csv $A/answers.xml > 1.ndjson
    tandem-import Examples/office/midterm.csv > 2.ndjson
    tandem-import no-such-file.csv 1.ndjson --diagnostics json 2> 3.ndjson
    tandem-match 1.ndjson --cohort 2026-autumn > 4.ndjson
    tandem-match 1.ndjson --cohort 2026-autumn --explain > 5.ndjson
    tandem-schedule 4.ndjson --cohort 2026-autumn --now 2026-09-14 --busy $A/busy > 6.ndjson
    tandem-schedule move 2026-autumn/pl:710008+pl:710005#2 6.ndjson --now 2026-10-06T08:00:00Z > 7.ndjson
    tandem-schedule progress 6.ndjson --cohort 2026-autumn --now 2026-11-23 --format ndjson > 8.ndjson
    tandem-workshop 6.ndjson --cohort 2026-autumn --now 2026-09-14 --options 2 --format ndjson > 9.ndjson
    tandem-workshop 6.ndjson --cohort 2026-autumn --now 2026-09-14 --absent pl:710000 2026-10-05 2027-04-04 > 10.ndjson
    tandem-invite replies Examples/office/replies --sessions 10.ndjson > 11.ndjson
    tandem-invite make 11.ndjson --outbox outbox --now 2026-09-28T09:00:00Z > /dev/null
    cp outbox/journal.ndjson 12.ndjson
    sed 's/"id":"pl/"findable":true,"id":"pl/' 1.ndjson > all
    tandem-find all --for 710001 --topic "data analysis" --on 2026-10-05 > 13.ndjson
    tandem-find all --for 710001 --topic "data analysis" --on 2026-10-05 --invite --asked asked.csv > 14.ndjson
    tandem-region list --format ndjson > 15.ndjson
    tandem-survey 6.ndjson Examples/office/midterm.csv --survey midterm --by role --format ndjson > 16.ndjson
    tandem-survey 6.ndjson Examples/office/midterm.csv Examples/office/final.csv --survey final --partial > 17.ndjson
    tandem-survey 6.ndjson pulse.csv --survey pulse --partial > 18.ndjson
    printf '{"from":"2026-11-16","id":"pl:710002 2026-11-16","person":"pl:710002","reason":"illness","record":"absence","to":"2026-11-27"}\\n' > 21.ndjson
    tandem-import forget pl:710002 1.ndjson login --dry-run --date 2026-10-05 > 19.ndjson
    printf 'From: MAILER-DAEMON@example.org\\nContent-Type: multipart/report; boundary=b\\n\\n--b\\n' > bounce.eml
    printf 'Content-Type: message/delivery-status\\n\\nReporting-MTA: dns; x\\n\\nFinal-Recipient: rfc822; ' >> bounce.eml
    grep -o '"email":"[^"]*"' 1.ndjson | head -n 1 | cut -d'"' -f4 >> bounce.eml
    printf 'Action: failed\\nStatus: 5.1.1\\n\\n--b--\\n' >> bounce.eml
    tandem-invite replies bounce.eml --sessions 10.ndjson > 22.ndjson
    ```
    ```sh
    tandem-invite send --smtp mail.example.org:587 --credentials login --outbox outbox
    cp outbox/deliveries.ndjson 20.ndjson
    ```
    ```sh
    cat [0-9]*.ndjson
    ```
    """

  /// Each of twelve people answers after two sessions.
  private static var pulse: String {
    (0..<24).reduce(into: "response,employee,submitted,cohort,role,session,p1_worthwhile,p2_pace") {
      text, row in
      text +=
        "\n\(row + 1),\(710000 + row / 2),2026-11-0\(1 + row % 2) 10:00,2026-autumn,mentor,\(1 + row % 2),"
        + "\(3 + row % 3),right"
    }
  }

  init() async throws {
    let page = GuidePage("RecordLines", text: Self.page)
    let run = try GuideRun(page)
    let shown = try await run.run()
    let text = page.blocks.indices.last.flatMap { shown[$0]?.output } ?? ""
    var seen: Set<String> = []
    lines = text.split(separator: "\n").map(String.init).filter { seen.insert($0).inserted }
  }
}
