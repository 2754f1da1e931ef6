import Basics
import Foundation
import Programme
import RecordStream
import Testing

@testable import Intake

/// The index of a person's spellings and the search for them.
struct SpellingsTests {
  static func traces(_ people: [(id: String, name: String, email: String)], asked: String...) -> Traces {
    var traces = Traces(asked)
    for person in people {
      traces.learn(
        .object([
          "record": .string("person"), "id": .string(person.id), "name": .string(person.name),
          "email": .string(person.email),
        ]))
    }
    traces.settle()
    return traces
  }

  private static let her = traces(
    [
      ("pl:810001", "Żaneta O'Hara", "p810001@pl.example.com"),
      ("pl:810002", "Olek Wzorzec", "olek@pl.example.com"),
    ], asked: "pl:810001")

  @Test(arguments: [
    "Żaneta O'Hara", "ŻANETA O’HARA", "Z\u{307}aneta O'Hara", "O'Hara, Żaneta", "żaneta\u{A0}\to'hara",
    "Żaneta O&#39;Hara", "&Zdot;aneta O&apos;Hara", "&#x17b;aneta O&#x27;Hara", "<b>Żaneta</b> <i>O'Hara</i>",
    "=C5=BBaneta O=27Hara", "=C5=BBane=\r\nta O'Hara", "=?utf-8?Q?=C5=BBaneta_O=27Hara?=",
    "=?UTF-8?B?xbthbmV0YSBPJ0hhcmE=?=", "=?iso-8859-2?Q?=AFaneta?= =?utf-8?q?_O=27Hara?=",
    "%C5%BBaneta+O%27Hara",
    "{\"a\":\"\\u017baneta O'Hara\"}", "xbthbmV0YSBPJ0hhcmEgaXMgaWxs", "pl:810001",
    "2026-autumn/pl:810001+pl:810002",
    "UID:2026-autumn-pl-810001-pl-810002-1@x", "2026_2Fpl_3A810001_2B", "P810001@PL.EXAMPLE.COM",
    "<mailto:p810001@pl.example.com>", "p810001%40pl.example.com", "p810001@pl.exa\r\n mple.com",
    "no. 810001 is ill", "zaneta.ohara", "p810001-x", "c2VlIHA4MTAwMDFAcGwuZXhhbXBsZS5jb20=",
    "\u{17B}aneta\nO'Hara", "A=CC=87 Z=CC=87aneta O'Hara",
  ])
  func found(_ text: String) throws {
    #expect(Self.her.spellings.occur(in: text))
    let erased = try #require(Self.her.erased(text))
    #expect(!Self.her.spellings.occur(in: erased), "\(erased)")
    #expect(Self.her.spellings.lines(in: Array(erased.utf8)).own == [])
  }

  @Test(arguments: [
    "Żaneta", "O'Hara", "Żaneta O'Haras", "pl:8100010", "xpl:810001x", "jan.p810001@pl.example.com",
    "p810001@pl.example.com.au", "+48-810001-22", "1810001", "810001.50", "de:810001", "Olek Wzorzec", "",
    "Marzena O'Hara",
  ])
  func notFound(_ text: String) {
    #expect(!Self.her.spellings.occur(in: text))
    #expect(Self.her.erased(text) == nil)
  }

  @Test func codePagesAreRead() {
    let latin2: [UInt8] = [0xAF] + Array("aneta O'Hara;x".utf8)
    #expect(Self.her.spellings.occur(in: latin2))
    #expect(Self.her.spellings.erased(latin2) == Array("...;x".utf8))
  }

  @Test func aShortIdIsAWholeWord() {
    let traces = Self.traces(
      [("pl:1", "Ala Nowa", "a1@pl.example.com"), ("pl:10", "B C", "b@x.example.com")], asked: "pl:1")
    #expect(traces.erased("pl:10 pl:1 pl:11") == "pl:10 … pl:11")
    #expect(traces.erased("1 pl-1 x1") == nil)
  }

  @Test func whoseNameHoldsItStays() {
    let traces = Self.traces(
      [("xx:1", "Anna Ray", "ann@x.example.com"), ("xx:2", "Anna Ray-Smith", "smith@x.example.com")],
      asked: "xx:1")
    #expect(traces.erased("Anna Ray-Smith met Anna Ray") == "Anna Ray-Smith met …")
  }

  @Test func aNameOfTwoIsThePersonsBesideTheId() {
    let traces = Self.traces(
      [("xx:1", "Ann Lee", "a1@x.example.com"), ("xx:2", "Ann Lee", "a2@x.example.com")], asked: "xx:1")
    #expect(traces.erased("Ann Lee (xx:1)\nAnn Lee (xx:2)\nAnn Lee") == "… (…)\nAnn Lee (xx:2)\nAnn Lee")
    #expect(traces.spellings.lines(in: Array("Ann Lee (xx:2)\nAnn Lee".utf8)).ambiguous == [2])
  }

  @Test func domainsOfOtherLetters() {
    let traces = Self.traces([("xx:1", "Ann Lee", "ann@müller.example")], asked: "xx:1")
    #expect(traces.spellings.occur(in: "ann@xn--mller-kva.example"))
    #expect(traces.spellings.occur(in: "ANN@MÜLLER.example"))
  }

  @Test func tagsStay() {
    #expect(Self.her.erased("<p><b>Żaneta</b> <i>O'Hara</i>, Bob</p>") == "<p><b>…</b><i></i>, Bob</p>")
  }
}
