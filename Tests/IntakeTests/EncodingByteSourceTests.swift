import Basics
import Foundation
import Testing

@testable import Intake

@Suite("Byte source")
struct EncodingByteSourceTests {
  func kind(_ bytes: [UInt8]) throws -> ByteSource.Kind { try ByteSource.kind(of: bytes) }

  @Test("tells XML from delimited text")
  func kinds() throws {
    #expect(try kind(Array("\u{FEFF}\n <a/>".utf8)) == .xml)
    #expect(try kind([0xFF, 0xFE] + EncodingTests.bytes("<a/>", .utf16LittleEndian)) == .xml)
    #expect(try kind(Array("a,b\n".utf8)) == .delimited)
    #expect(try kind(Array("\n\n".utf8)) == .delimited)
    #expect(try kind(Array("PK\u{3}\u{4}".utf8)) == .workbook(.archive))
    #expect(try kind([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) == .workbook(.compound))
    #expect(try kind(Array("<html><table><tr>".utf8)) == .workbook(.html))
    #expect(try kind(Array("<table><row>".utf8)) == .xml)
  }

  @Test(
    "names files that are none",
    arguments: [
      ([UInt8](), "the file is empty: export it again"),
      ([0x1F, 0x8B, 8], "the file is compressed with gzip: unpack it first"),
      (Array("%PDF-1.7".utf8), "this is a PDF, not a table: export the answers as CSV or XML"),
      (Array("<!DOCTYPE html><p>".utf8), "this is a web page, not a table: export the answers as CSV or XML"),
    ])
  func others(bytes: [UInt8], message: String) {
    #expect { try kind(bytes) } throws: { ($0 as? IntakeError)?.message == message }
  }

  @Test("takes a URL for the name of a file that is not there")
  func url() {
    for name in ["http://127.0.0.1:1/a.xml", "file:///etc/passwd"] {
      #expect { try ByteSource(path: name) } throws: {
        ($0 as? SourceProblem)?.description
          == "\(name): error: cannot be opened (No such file or directory): check the name and who may read it"
      }
    }
  }

  @Test("names a folder")
  func folder() {
    #expect { try ByteSource(path: "/tmp") } throws: {
      ($0 as? SourceProblem)?.description
        == "/tmp: error: is a folder: name the files in it"
    }
  }

  @Test("hands out every byte of a file and of a pipe, in whole pieces")
  func pieces() throws {
    let count = ByteSource.pieceSize * 2 + 17
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) | 0x40 }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let source = try ByteSource(path: file.path)
    #expect(source.size == count)
    #expect(!source.isWhole)
    var read: [UInt8] = []
    var sizes: [Int] = []
    try source.forEachPiece {
      read += $0
      sizes.append($0.count)
    }
    #expect(read == bytes)
    #expect(sizes == [ByteSource.pieceSize, ByteSource.pieceSize, 17])

    let pipe = Pipe()
    Thread.detachNewThread {
      var rest = bytes[...]
      while !rest.isEmpty {
        pipe.fileHandleForWriting.write(Data(rest.prefix(10_007)))
        rest = rest.dropFirst(10_007)
      }
      try? pipe.fileHandleForWriting.close()
    }
    let piped = try ByteSource(descriptor: pipe.fileHandleForReading.fileDescriptor, name: "-")
    #expect(piped.size == nil)
    #expect(piped.firstPiece.count == ByteSource.pieceSize)
    var total = 0
    try piped.forEachPiece { total += $0.count }
    #expect(total == count)
  }
}
