package jp.musubi.download;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * ファイル名の決まり. Of what the name of a contract's file is put together.
 *
 * @param parts one to four, each once
 * @param joint what stands between them: {@code -} or {@code _}
 */
record FileNameRule(List<Part> parts, String joint) {
  static final int MOST = 4;
  static final List<String> JOINTS = List.of("-", "_");

  /** Of a body that has said nothing. */
  static final FileNameRule DEFAULT =
      new FileNameRule(List.of(Part.SECTION, Part.DATE, Part.TITLE), "-");

  /** What a name may say of a contract. */
  enum Part {
    /** 所属. */
    SECTION,
    /** 契約日, or the day of conclusion where none is written. */
    DATE,
    /** 件名. */
    TITLE,
    /** 文書番号. */
    NUMBER,
    /** 相手方. */
    COUNTERPARTY
  }

  FileNameRule {
    parts = List.copyOf(parts);
    if (parts.isEmpty()
        || parts.size() > MOST
        || new LinkedHashSet<>(parts).size() < parts.size()) {
      throw new IllegalArgumentException("one to four parts, each once: " + parts);
    }
    if (!JOINTS.contains(joint)) {
      throw new IllegalArgumentException("not a joint: " + joint);
    }
  }

  /** The name without an ending, safe as a file's name; a contract always has its number. */
  String of(Map<Part, String> facts) {
    var name =
        parts.stream()
            .map(part -> facts.getOrDefault(part, "").strip())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(joint));
    return SafeName.of(name.isEmpty() ? facts.getOrDefault(Part.NUMBER, "") : name);
  }

  /** What an example says. */
  static Map<Part, String> example() {
    return new EnumMap<>(
        Map.of(
            Part.SECTION, "建設部 道路課",
            Part.DATE, "2026-04-01",
            Part.TITLE, "市道1号線 舗装修繕工事",
            Part.NUMBER, "R8-000012",
            Part.COUNTERPARTY, "株式会社 見本建設"));
  }
}
