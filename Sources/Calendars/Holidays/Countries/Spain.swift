extension HolidayCountry {
  /// Real Decreto 2001/1983, article 45: the nation's holidays. The communities move some of theirs by a decree of each
  /// year, so that no rule can tell them: a region adds its own days to its calendar.
  static let spain = HolidayCountry(
    code: "ES", language: "es",
    rules: [
      HolidayRule("Año Nuevo", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Epifanía del Señor", "Epiphany", .fixed(1, 6)),
      HolidayRule("Viernes Santo", "Good Friday", .easter(-2)),
      HolidayRule("Fiesta del Trabajo", "Labour Day", .fixed(5, 1)),
      HolidayRule("Asunción de la Virgen", "Assumption Day", .fixed(8, 15)),
      HolidayRule("Fiesta Nacional de España", "National Day", .fixed(10, 12)),
      HolidayRule("Todos los Santos", "All Saints' Day", .fixed(11, 1)),
      HolidayRule("Día de la Constitución Española", "Constitution Day", .fixed(12, 6)),
      HolidayRule("Inmaculada Concepción", "Immaculate Conception", .fixed(12, 8)),
      HolidayRule("Natividad del Señor", "Christmas Day", .fixed(12, 25)),
    ],
    compensation: .droppedOnSunday)
}
