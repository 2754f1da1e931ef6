import Programme

extension HolidayCountry {
  /// Ley Federal del Trabajo, article 74.
  static let mexico = HolidayCountry(
    code: "MX", language: "es",
    rules: [
      HolidayRule("Año Nuevo", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Día de la Constitución", "Constitution Day", .nth(1, .monday, 2)),
      HolidayRule("Natalicio de Benito Juárez", "Benito Juárez's birthday", .nth(3, .monday, 3)),
      HolidayRule("Día del Trabajo", "Labour Day", .fixed(5, 1)),
      HolidayRule("Día de la Independencia", "Independence Day", .fixed(9, 16)),
      HolidayRule(
        "Transmisión del Poder Ejecutivo Federal", "Change of Federal Government",
        .computed { $0 >= 2024 && ($0 - 2024) % 6 == 0 ? LocalDate(year: $0, month: 10, day: 1) : nil }),
      HolidayRule("Día de la Revolución", "Revolution Day", .nth(3, .monday, 11)),
      HolidayRule("Navidad", "Christmas Day", .fixed(12, 25)),
    ])
}
