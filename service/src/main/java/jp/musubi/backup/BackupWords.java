package jp.musubi.backup;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import tools.jackson.databind.json.JsonMapper;

/** The words of the commands, from the same bundle as the page's. */
final class BackupWords {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.backup", Locale.ROOT);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BackupWords() {}

  static String of(String key, Object... values) {
    return new MessageFormat(WORDS.getString("backup.command." + key), Locale.JAPAN).format(values);
  }

  static String json(Object report) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report);
  }
}
