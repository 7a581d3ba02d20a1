package jp.musubi.journeys.reliability;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;

/** docs/reliability.md: all measurements, each with its date, its machine and its command. */
final class ReliabilityReport {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy年M月d日 H時m分").withZone(ZoneId.of("Asia/Tokyo"));

  private static final String HEAD =
      """
      # 信頼性の測定

      受け付けたことを失わない、という約束を、壊して確かめた結果です。数字はすべて、それぞれの表に書いたコマンドが
      測って `docs/reliability/` に書いたもので、この文書は `./musubi reliability` がそこから作ります。手では書きません。
      何をどう確かめているかは[見取り図の「How it is proven」](../ARCHITECTURE.md#how-it-is-proven)にあります。

      """;

  private ReliabilityReport() {}

  static String markdown(List<Measurement> measurements) {
    var sorted = measurements.stream().sorted(Comparator.comparing(Measurement::name)).toList();
    var text = new StringBuilder(HEAD);
    text.append("| 測定 | 目標 |\n| --- | --- |\n");
    for (var one : sorted) {
      text.append(
          "| [%s](#%s) | %s |\n".formatted(cell(one.title()), one.name(), met(one.isMet())));
    }
    sorted.forEach(one -> text.append(section(one)));
    return text.toString();
  }

  private static String section(Measurement one) {
    var text = new StringBuilder();
    text.append("\n<a id=\"%s\"></a>\n\n## %s\n\n".formatted(one.name(), cell(one.title())));
    text.append(
        "%s（日本時間）、%s、`%s`（[%s.json](reliability/%s.json)）\n\n"
            .formatted(
                DAY.format(one.measuredAt()),
                one.machine(),
                one.command(),
                one.name(),
                one.name()));
    text.append("| 確かめたこと | 結果 | 目標 | 達成 |\n| --- | --- | --- | --- |\n");
    for (var row : one.rows()) {
      text.append(
          "| %s | %s | %s | %s |\n"
              .formatted(cell(row.what()), cell(row.value()), cell(row.goal()), met(row.met())));
    }
    return text.toString();
  }

  private static String met(boolean met) {
    return met ? "達成" : "未達";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s*\\n\\s*", " ");
  }
}
