package import Programme

extension ConfigurationFolder {
  /// `holidays/pl.yaml` of headquarters' folder.
  package func holidaysFile(of country: String) -> String { "\(holidaysFolder)/\(country.lowercased()).yaml" }

  private var holidaysFolder: String { path + "/holidays" }

  /// The rules of a country's public holidays; reads nothing of any other country.
  ///
  /// - Parameter country: ISO 3166-1 alpha-2, in either case.
  /// - Returns: nil where headquarters has no file of the country.
  /// - Throws: all mistakes of the file.
  package func holidays(of country: String) throws(ConfigurationError) -> NationalHolidays? {
    guard Shape.Text.country.fault(country.uppercased()) == nil,
      ConfigurationBytes.exists(holidaysFile(of: country))
    else { return nil }
    var reading = ConfigurationReading(self)
    let holidays = reading.holidays(of: country)
    guard !reading.diagnostics.contains(where: { $0.severity == .error }) else {
      throw ConfigurationError(reading.diagnostics)
    }
    return holidays
  }

  /// The countries that have a file, and the files that are none of a country's.
  package func holidayCountries() -> (codes: [String], diagnostics: [Diagnostic]) {
    var codes: [String] = []
    var found: [Diagnostic] = []
    var names: [String] = []
    do throws(ConfigurationError) {
      names = try ConfigurationBytes.names(in: holidaysFolder)
    } catch {
      found += error.diagnostics
    }
    for name in names {
      let code = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : ""
      guard code == code.lowercased(), Shape.Text.country.fault(code.uppercased()) == nil else {
        found.append(
          Diagnostic(
            .warning, "is not read: name it after its country's code in ISO 3166, `pl.yaml`",
            file: holidaysFolder + "/" + name, code: "unread-file"))
        continue
      }
      codes.append(code.uppercased())
    }
    return (codes, found)
  }
}

extension ConfigurationReading {
  /// The rules of a country whose file exists; nil where something is wrong with it, which is then in `diagnostics`.
  mutating func holidays(of country: String) -> NationalHolidays? {
    let file = folder.holidaysFile(of: country)
    let name = country.lowercased() + ".yaml"
    let before = errorCount
    let settings = HolidaySchema.settings
    guard let value = value(file, within: root, settings, .programme, named: name) else { return nil }
    diagnostics += Completeness.missing(value, settings, at: .programme, named: name, placed: "here")
    diagnostics += HolidayRuleCheck.mistakes(in: value)
    guard errorCount == before else { return nil }
    do throws(ValueReader.Missing) {
      return try NationalHolidays(code: country.uppercased(), value: value)
    } catch {
      diagnostics.append(error.diagnostic)
      return nil
    }
  }
}
