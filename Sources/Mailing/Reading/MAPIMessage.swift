import Basics
import Calendars
import Programme

/// The properties of a message as Outlook and Exchange keep them (MS-OXPROPS), whatever file they came in.
struct MAPIProperties {
  enum Key: Hashable {
    /// By its own number.
    case tag(Int)
    /// By its number in the set of appointments (PSETID_Appointment).
    case appointment(Int)
    /// By its number in the set of meetings (PSETID_Meeting).
    case meeting(Int)
  }

  private struct Value {
    var type: Int
    var bytes: [UInt8]
  }

  private var values: [Key: Value] = [:]

  /// What the numbers from 0x8000 on mean is different in each file.
  static let appointments: [UInt8] = [
    0x02, 0x20, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0, 0, 0, 0, 0, 0, 0x46,
  ]
  static let meetings: [UInt8] = [
    0x90, 0xDA, 0xD8, 0x6E, 0x0B, 0x45, 0x1B, 0x10, 0x98, 0xDA, 0x00, 0xAA, 0x00, 0x3F, 0x13, 0x05,
  ]

  static func key(_ set: some Collection<UInt8>, _ number: Int) -> Key? {
    if set.elementsEqual(appointments) { return .appointment(number) }
    if set.elementsEqual(meetings) { return .meeting(number) }
    return nil
  }

  mutating func set(_ key: Key, type: Int, _ bytes: [UInt8]) { values[key] = Value(type: type, bytes: bytes) }

  func has(_ key: Key) -> Bool { values[key] != nil }

  /// The name of the code page that texts of 8 bits are in.
  private var charset: String {
    let page = integer(.tag(0x3FFD)) ?? integer(.tag(0x3FDE)) ?? 1252
    return page == 65001
      ? "UTF-8" : page == 20127 ? "windows-1252" : MAPIProperties.charsets[page] ?? "cp\(page)"
  }

  private static let charsets = [
    20866: "KOI8-R", 21866: "KOI8-U", 28591: "ISO-8859-1", 28592: "ISO-8859-2", 28594: "ISO-8859-4",
    28595: "ISO-8859-5", 28597: "ISO-8859-7", 28598: "ISO-8859-8", 28599: "ISO-8859-9",
    28605: "ISO-8859-15", 50220: "ISO-2022-JP", 51932: "EUC-JP", 51949: "EUC-KR", 52936: "HZ-GB-2312",
    54936: "GB18030", 10000: "Mac-Roman", 0: "windows-1252",
  ]

  func text(_ key: Key) -> String? {
    guard let value = values[key] else { return nil }
    var bytes: [UInt8]
    switch value.type {
    case 0x1F: bytes = TextEncoding.utf16LittleEndian.utf8(value.bytes)
    case 0x1E:
      bytes = value.bytes
      if String(validating: bytes, as: UTF8.self) == nil {
        bytes = TextEncoding.utf8(bytes, from: charset) ?? TextEncoding.windows1252.utf8(bytes)
      }
    default: return nil
    }
    if let end = bytes.firstIndex(of: 0) { bytes = Array(bytes[..<end]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  func bytes(_ key: Key) -> [UInt8]? { values[key].flatMap { $0.type == 0x102 ? $0.bytes : nil } }

  func integer(_ key: Key) -> Int? {
    guard let value = values[key] else { return nil }
    switch value.type {
    case 0x02: return value.bytes.count >= 2 ? value.bytes.number(at: 0, 2) : nil
    case 0x03: return value.bytes.count >= 4 ? value.bytes.number(at: 0, 4) : nil
    case 0x0B: return value.bytes.first.map { $0 == 0 ? 0 : 1 }
    default: return nil
    }
  }

  /// Seconds since the epoch.
  func time(_ key: Key) -> Int? {
    guard let value = values[key], value.type == 0x40, value.bytes.count >= 8 else { return nil }
    // Steps of 100 ns since 1601.
    let steps = value.bytes.number(at: 0, 8)
    let seconds = steps / 10_000_000 - 11_644_473_600
    return (0...253_402_300_799).contains(seconds) ? seconds : nil
  }
}

/// A message of Outlook's, from a .msg or a winmail.dat.
struct MAPIMessage {
  struct Attachment {
    var properties = MAPIProperties()
    var bytes: [UInt8] = []
    /// A forwarded message.
    var message: [MAPIMessage] = []

    var name: String { properties.text(.tag(0x3707)) ?? properties.text(.tag(0x3704)) ?? "" }
    var type: String { properties.text(.tag(0x370E))?.lowercased() ?? "" }
  }

  var properties = MAPIProperties()
  var recipients: [MAPIProperties] = []
  var attachments: [Attachment] = []

  static let greatestDepth = 10

  /// PidTagMessageClass in lower case: what kind of message it is.
  var kind: String {
    let given = properties.text(.tag(0x1A))?.lowercased() ?? ""
    return MAPIMessage.oldKinds[given] ?? given
  }

  /// What a winmail.dat may call them (MS-OXTNEF, section 2.1.3.2).
  private static let oldKinds = [
    "ipm.microsoft schedule.mtgrespp": "ipm.schedule.meeting.resp.pos",
    "ipm.microsoft schedule.mtgrespn": "ipm.schedule.meeting.resp.neg",
    "ipm.microsoft schedule.mtgrespa": "ipm.schedule.meeting.resp.tent",
    "ipm.microsoft schedule.mtgreq": "ipm.schedule.meeting.request",
    "ipm.microsoft schedule.mtgcncl": "ipm.schedule.meeting.canceled",
    "ipm.microsoft mail.non-delivery": "report.ipm.note.ndr",
    "ipm.microsoft mail.note": "ipm.note",
  ]

  var text: String { properties.text(.tag(0x1000)) ?? "" }

  /// PidTagTransportMessageHeaders: the fields of the mail that it came as.
  var headers: [UInt8] { Array((properties.text(.tag(0x7D)) ?? "").utf8) }

  /// Whom it is from, in lower case: first on whose behalf, then who sent it. Empty where Outlook kept no address of the internet.
  var senders: [String] {
    // SMTP addresses of the one represented and of the sender, then their addresses of whatever type.
    let tags = [0x5D02, 0x65, 0x5D01, 0x0C1F]
    var found: [String] = []
    for tag in tags {
      guard let address = properties.text(.tag(tag))?.trimmed.lowercased(), address.contains("@"),
        !address.hasPrefix("/"), !found.contains(address)
      else { continue }
      found.append(address)
    }
    return found
  }

  /// What it answers to an invitation; nil: it is no answer, or does not say to which event.
  ///
  /// - Parameter senders: From and Sender of the mail that it came in, where one brought it.
  func reply(from senders: [String], aliases: [String: String]) -> CalendarReply? {
    let answer: CalendarReply.Answer
    switch kind {
    case let kind where kind.hasPrefix("ipm.schedule.meeting.resp.pos"): answer = .accepted
    case let kind where kind.hasPrefix("ipm.schedule.meeting.resp.neg"): answer = .declined
    case let kind where kind.hasPrefix("ipm.schedule.meeting.resp.tent"): answer = .tentative
    default: return nil
    }
    guard
      let uid = properties.bytes(.meeting(0x03)).flatMap(MAPIMessage.uid)
        ?? properties.bytes(.meeting(0x23)).flatMap(MAPIMessage.uid)
    else { return nil }
    let sender = senders.first ?? ""
    var reply = CalendarReply(
      uid: uid, sequence: properties.integer(.appointment(0x8201)) ?? 0,
      stamp: properties.time(.appointment(0x8220)) ?? properties.time(.meeting(0x01))
        ?? properties.time(.tag(0x39)) ?? properties.time(.tag(0x0E06)) ?? 0,
      // Exchange may have kept its own address alone, `/o=…/cn=…`: it names nobody here.
      attendee: sender.isEmpty
        ? properties.text(.tag(0x65))?.trimmed.lowercased() ?? "" : aliases[sender] ?? sender, answer: answer)
    reply.sender = sender
    if sender.isEmpty { reply.doubt = .noSender }
    reply.comment = text.trimmed
    if properties.integer(.appointment(0x8257)) == 1, let start = properties.time(.appointment(0x8250)),
      let end = properties.time(.appointment(0x8251)), start < end
    {
      reply.proposal = CalendarReply.Proposal(
        start: Timestamp(secondsSinceEpoch: start, offset: 0),
        end: Timestamp(secondsSinceEpoch: end, offset: 0))
    }
    return reply
  }

  /// The UID of a GlobalObjectId (MS-OXCICAL, section 2.1.3.1.1.20.26): that of an invitation from elsewhere is behind `vCal-Uid`;
  /// one of Outlook's own is the bytes themselves, without the day of an occurrence.
  static func uid(_ bytes: [UInt8]) -> String? {
    guard bytes.count > 40 else { return nil }
    let mark = Array("vCal-Uid".utf8) + [1, 0, 0, 0]
    let data = bytes[40...]
    if data.starts(with: mark) {
      let text = data.dropFirst(mark.count).prefix { $0 != 0 }
      return text.isEmpty ? nil : String(decoding: text, as: UTF8.self)
    }
    let digits = Array("0123456789ABCDEF".utf8)
    var hex: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      let byte = (16..<20).contains(index) ? 0 : byte
      hex += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: hex, as: UTF8.self)
  }
}
