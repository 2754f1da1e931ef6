import Foundation

/// A zip archive whose parts are stored as they are: small workbooks, also ones that no program would write.
public enum StoredZip {
  public static func bytes(_ parts: [(name: String, text: String)]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in parts {
      let data = Array(text.utf8)
      let common =
        number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0x5C21, 2) + number(crc(data), 4)
        + number(data.count, 4) + number(data.count, 4) + number(name.utf8.count, 2) + number(0, 2)
      directory +=
        number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2)
        + number(0, 4) + number(file.count, 4) + Array(name.utf8)
      file += number(0x0403_4B50, 4) + common + Array(name.utf8) + data
    }
    let end =
      number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
      + number(directory.count, 4) + number(file.count, 4) + number(0, 2)
    return file + directory + end
  }

  /// An Excel workbook of one sheet named `S`, whose `sheetData` is given; other parts replace or join those that it needs.
  public static func xlsx(
    _ rows: String, strings: String? = nil, styles: String? = nil, workbook: String? = nil,
    behind: String = "",
    before: String = "", others: [(name: String, text: String)] = []
  ) -> [UInt8] {
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var parts: [(name: String, text: String)] = [
      ("[Content_Types].xml", "<Types/>"),
      (
        "_rels/.rels",
        "<Relationships><Relationship Id='a' Type='\(relation)/officeDocument' Target='xl/workbook.xml'/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        workbook ?? "<workbook xmlns:r='r'><sheets><sheet name='S' r:id='rId1'/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships><Relationship Id='rId1' Type='\(relation)/worksheet' Target='/xl/worksheets/sheet1.xml'/>\
        <Relationship Id='rId2' Type='\(relation)/sharedStrings' Target='sharedStrings.xml'/>\
        <Relationship Id='rId3' Type='\(relation)/styles' Target='../xl/styles.xml'/></Relationships>
        """
      ),
      ("xl/worksheets/sheet1.xml", "<worksheet>\(before)<sheetData>\(rows)</sheetData>\(behind)</worksheet>"),
    ]
    if let strings { parts.append(("xl/sharedStrings.xml", strings)) }
    if let styles { parts.append(("xl/styles.xml", styles)) }
    for other in others {
      parts.removeAll { $0.name == other.name }
      parts.append(other)
    }
    return bytes(parts)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc(_ bytes: [UInt8]) -> Int {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~crc)
  }
}
