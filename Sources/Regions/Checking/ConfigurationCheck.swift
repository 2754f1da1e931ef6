package import Programme

extension ConfigurationFolder {
  /// Reads a holiday calendar: the holidays between two dates, both included, and what is wrong with the file. It is
  /// given from outside, since calendars are read by another library.
  package typealias HolidayReader = (
    _ path: String, _ bytes: [UInt8], _ first: LocalDate, _ last: LocalDate
  ) -> (dates: [LocalDate], diagnostics: [Diagnostic])

  /// Everything that can be known to be wrong without data: first what cannot be read, then what does not fit.
  /// Sorted by file, line and column.
  package func check(_ ids: [String], holidays: HolidayReader) -> [Diagnostic] {
    var reading = ConfigurationReading(self)
    var seen: Set<String> = []
    let regions = ids.filter { seen.insert($0).inserted }.compactMap { reading.region($0) }
    var found: [Diagnostic] = []
    if let topics = reading.topics { found += TopicCheck.mistakes(in: topics) }
    let (countries, misnamed) = holidayCountries()
    found += misnamed
    var known: [String: NationalHolidays] = [:]
    for country in countries { known[country] = reading.holidays(of: country) }
    var texts = TextsCheck(folder: self)
    for region in regions {
      found += region.mistakes(holidays: holidays)
      found += SubdivisionCheck.mistakes(in: region.value, countries: known)
      if let typed = region.region { found += texts.mistakes(of: typed) }
    }
    return Array(Set(found + reading.diagnostics)).sorted()
  }
}

extension EffectiveRegion {
  /// What does not fit together, though each part can be read.
  func mistakes(holidays: ConfigurationFolder.HolidayReader) -> [Diagnostic] {
    guard isRead else { return [] }
    var found = FolderCheck.mistakes(in: self)
    for (name, value) in forms {
      found += FormCheck.mistakes(in: value, named: name)
    }
    found += FormCheck.mistakes(between: forms)
    found += SurveyCheck.mistakes(in: value, forms: forms)
    found += RuleCheck.mistakes(in: value, attributes: FormCheck.attributes(of: forms.map(\.value)))
    found += SiteCheck.mistakes(in: value)
    found += FrameCheck.mistakes(in: value)
    found += WorkshopCheck.mistakes(in: value)
    found += AdapterCheck.mistakes(in: value, folder: self.folder)
    found += HolidayCheck.mistakes(in: value, folder: self.folder, reader: holidays)
    if let own = value[path: ["topics", "add"]], let region {
      found += TopicCheck.mistakes(in: own, joining: region.topics.catalogue)
    }
    return found
  }
}

/// The words that participants read, checked once for all regions that say nothing of their own.
private struct TextsCheck {
  private struct Wanted: Hashable {
    let languages: [String]
    let fallbacks: [String]
    let country: String
  }

  let folder: ConfigurationFolder
  private var known: [Wanted: [Diagnostic]] = [:]

  init(folder: ConfigurationFolder) { self.folder = folder }

  mutating func mistakes(of region: Region) -> [Diagnostic] {
    guard !ConfigurationBytes.isFolder(region.folder + "/texts") else {
      return TextCatalogue.load(config: folder.path, region: region).diagnostics
    }
    let wanted = Wanted(
      languages: [region.language] + region.sites.map(\.language), fallbacks: region.fallbackLanguages,
      country: region.country)
    if let told = known[wanted] { return told }
    let own = TextCatalogue.load(config: folder.path, region: region).diagnostics
    known[wanted] = own
    return own
  }
}
