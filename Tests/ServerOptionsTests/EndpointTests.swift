import ArgumentParser
import Delivery
import Testing

@testable import ServerOptions

@Suite struct EndpointTests {
  @Test func hostsAndPorts() {
    #expect(Endpoint(argument: "mail.example.com:587")?.host == "mail.example.com")
    #expect(Endpoint(argument: "[::1]:25")?.host == "::1")
    #expect(Endpoint(argument: "bücher.example:465")?.port == 465)
    for bad in ["x", "x:0", "x:70000", ":25", "a b:25", "a/b:25", "x:", "x:-1", "user@x:25"] {
      #expect(Endpoint(argument: bad) == nil, "\(bad)")
    }
  }

  @Test func nobodyAsksForNoTLSByThisOption() {
    #expect(TransportSecurity(argument: "implicit") == .implicit)
    #expect(TransportSecurity(argument: "starttls") == .startTLS)
    #expect(TransportSecurity(argument: "none") == nil)
  }
}
