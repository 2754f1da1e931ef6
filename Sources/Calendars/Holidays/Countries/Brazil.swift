extension HolidayCountry {
  /// The national holidays (Lei 662/1949, 6.802/1980 and 14.759/2023).
  static let brazil = HolidayCountry(
    code: "BR", language: "pt",
    rules: [
      HolidayRule("Confraternização Universal", "New Year's Day", .fixed(1, 1)),
      HolidayRule("Sexta-feira Santa", "Good Friday", .easter(-2)),
      HolidayRule("Tiradentes", "Tiradentes' Day", .fixed(4, 21)),
      HolidayRule("Dia do Trabalhador", "Labour Day", .fixed(5, 1)),
      HolidayRule("Independência do Brasil", "Independence Day", .fixed(9, 7)),
      HolidayRule("Nossa Senhora Aparecida", "Our Lady of Aparecida", .fixed(10, 12)),
      HolidayRule("Finados", "All Souls' Day", .fixed(11, 2)),
      HolidayRule("Proclamação da República", "Republic Proclamation Day", .fixed(11, 15)),
      HolidayRule(
        "Dia Nacional de Zumbi e da Consciência Negra", "National Day of Zumbi and Black Awareness",
        .fixed(11, 20), years: 2024...9999),
      HolidayRule("Natal", "Christmas Day", .fixed(12, 25)),
    ])
}
