import Basics
import Foundation
import TestSupport
import Testing

@Suite struct FileIdentityTests {
  @Test func linksAndDotsLeadToOneFile() throws {
    let folder = try WorkFolder()
    let file = try folder.file("staff.csv", "x")
    let (link, hard) = (folder.path + "/link.csv", folder.path + "/hard.csv")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    try FileManager.default.linkItem(atPath: file, toPath: hard)
    for name in [file, folder.path + "/./staff.csv", folder.path + "//staff.csv", link, hard] {
      #expect(FileIdentity.isOne(file, name) && FileIdentity.isOne(name, file), "\(name)")
    }
    #expect(!FileIdentity.isOne(file, try folder.file("other.csv", "x")))
    #expect(!FileIdentity.isOne(file, folder.path + "/missing.csv"))
  }

  @Test func filesThatAreNotThereYetAreOneByTheirPlace() throws {
    let folder = try WorkFolder()
    #expect(FileIdentity.isOne(folder.path + "/a", folder.path + "/./a"))
    #expect(!FileIdentity.isOne(folder.path + "/a", folder.path + "/b"))
  }

  @Test func whatIsWrittenToADeviceDestroysNothing() {
    #expect(!FileIdentity.isOne("/dev/null", "/dev/null"))
  }
}
