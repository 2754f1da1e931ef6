/// What an XML input may hold, so that a hostile file ends soon, in bounded memory and with a name.
package struct XMLLimits: Equatable, Sendable {
  /// Elements within elements.
  package var depth: Int
  /// Attributes of one element.
  package var attributes: Int
  /// Bytes of text in one element, CDATA included.
  package var text: Int
  /// Bytes of one attribute.
  package var attribute: Int
  /// Bytes of one row as it is in the file, as UTF-8.
  package var record: Int
  /// Values of one row.
  package var values: Int
  /// Bytes fed to the parser that it has not yet made anything of.
  package var heldBack: Int

  package init(
    depth: Int = 100, attributes: Int = 1000, text: Int = 1 << 20, attribute: Int = 1 << 16,
    record: Int = 4 << 20, values: Int = 50_000, heldBack: Int = 1 << 20
  ) {
    self.depth = depth
    self.attributes = attributes
    self.text = text
    self.attribute = attribute
    self.record = record
    self.values = values
    self.heldBack = heldBack
  }
}
