import Programme
import Testing

@Suite struct EmailAddressTests {
  @Test(arguments: [
    "a@b.cd", "a.b+c@x-y.example.com", "x!#$%&'*+-/=?^_`{|}~@b.cd", "o'neil@example.com", "a@xn--r8jz45g.jp",
  ])
  func goodAddresses(text: String) { #expect(EmailAddress.fault(of: text) == nil) }

  @Test(arguments: [
    "", "a", "@b.cd", "a@", "a@b", "a b@c.de", "a@b@c.de", ".a@b.cd", "a.@b.cd", "a..b@c.de", "a@-b.cd",
    "a@b-.cd",
    "a@b..cd", "<a@b.cd>", "a@b.cd,", "a@b_c.de", "a\n@b.cd", "józef@poczta.example.pl", "a@例え.jp",
    "a(b)@c.de", String(repeating: "a", count: 65) + "@b.cd",
  ])
  func badAddresses(text: String) { #expect(EmailAddress.fault(of: text) != nil) }
}
