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
    var found = reading.diagnostics
    if let topics = reading.topics { found += TopicCheck.mistakes(in: topics) }
    for region in regions { found += region.mistakes(folder: self, holidays: holidays) }
    return Array(Set(found)).sorted()
  }
}

extension EffectiveRegion {
  /// What does not fit together, though each part can be read.
  func mistakes(folder: ConfigurationFolder, holidays: ConfigurationFolder.HolidayReader) -> [Diagnostic] {
    guard isRead else { return [] }
    var found = FolderCheck.mistakes(in: self)
    for (name, value) in forms {
      found += FormCheck.mistakes(in: value, named: name, adapters: self.value["adapters"])
    }
    found += FormCheck.mistakes(between: forms)
    found += RuleCheck.mistakes(in: value, attributes: FormCheck.attributes(of: forms.map(\.value)))
    found += SiteCheck.mistakes(in: value)
    found += FrameCheck.mistakes(in: value)
    found += AdapterCheck.mistakes(in: value, folder: self.folder)
    found += HolidayCheck.mistakes(in: value, folder: self.folder, reader: holidays)
    if let own = value[path: ["topics", "add"]], let region {
      found += TopicCheck.mistakes(in: own, joining: region.topics.catalogue)
    }
    if let region { found += TextCatalogue.load(config: folder.path, region: region).diagnostics }
    return found
  }
}
