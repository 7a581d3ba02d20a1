package jp.musubi.journeys.requirements;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** 求めるもの. Whoever demands something of this service, and is answered row by row. */
enum Demands {
  /** 調達仕様の別表. The tender's table. */
  TENDER("tender", "requirements.yaml", "必須|任意|任意\\*|設計"),
  /** 法令. What law and its official readings demand of a contract made electronically. */
  LAW("law", "conformity.yaml", "法律|政令|省令|告示|指針|解釈");

  private final String key;
  private final String file;
  private final Pattern classes;

  Demands(String key, String file, String classes) {
    this.key = key;
    this.file = file;
    this.classes = Pattern.compile(classes);
  }

  /** As it is asked for on the command line, and where its words lie among the messages. */
  String key() {
    return key;
  }

  /** The file of the answers, seen from the repository's root. */
  Path place() {
    return Path.of("docs", file);
  }

  /** Whether its rows may be classed so. */
  boolean knows(String importance) {
    return classes.matcher(importance).matches();
  }

  static Optional<Demands> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }
}
