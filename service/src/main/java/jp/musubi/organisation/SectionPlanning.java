package jp.musubi.organisation;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.organisation.SectionFinding.Reason;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a list one by one, against the sections of its day and each other. */
final class SectionPlanning {
  private static final int MOST_CODE = 40;
  private static final int MOST_NAME = 100;
  private static final int MOST_PHONE = 30;

  private final Collection<SectionTerm> terms;
  private final LocalDate day;
  private final SectionTree tree;
  private final Map<String, UUID> byCode = new HashMap<>();
  private final Map<String, UUID> opening = new HashMap<>();
  private final Set<String> closing = new HashSet<>();
  private final Map<UUID, String> names = new HashMap<>();
  private final List<SectionFinding> findings = new ArrayList<>();
  private final List<SectionPlan.Step> steps = new ArrayList<>();

  SectionPlanning(
      UUID list,
      List<SectionRow> rows,
      Collection<SectionTerm> terms,
      Map<UUID, String> codes,
      LocalDate day) {
    this.terms = terms;
    this.day = day;
    this.tree = SectionTree.on(day, terms);
    codes.forEach((id, code) -> byCode.put(code, id));
    tree.inOrder().forEach(placed -> names.put(placed.term().section(), placed.term().name()));
    for (var row : rows) {
      announce(list, row);
    }
    var seen = new HashSet<String>();
    for (var row : rows) {
      read(row, seen.add(row.code()));
    }
  }

  List<SectionFinding> findings() {
    return findings;
  }

  List<SectionPlan.Step> steps() {
    return steps;
  }

  Map<UUID, String> names() {
    return names;
  }

  /** What other lines may refer to, wherever they stand. */
  private void announce(UUID list, SectionRow row) {
    var kind = SectionRow.Kind.of(row.kind()).orElse(null);
    if (kind == SectionRow.Kind.CLOSE) {
      closing.add(row.code());
    } else if (kind == SectionRow.Kind.OPEN
        && !row.code().isEmpty()
        && !byCode.containsKey(row.code())) {
      var key = (list + "/" + row.code()).getBytes(StandardCharsets.UTF_8);
      opening.putIfAbsent(row.code(), UUID.nameUUIDFromBytes(key));
      names.putIfAbsent(opening.get(row.code()), row.name());
    }
  }

  private void read(SectionRow row, boolean first) {
    var kind = SectionRow.Kind.of(row.kind());
    if (kind.isEmpty()) {
      wrong(row, "区分", Reason.KIND_UNKNOWN, row.kind());
    } else if (row.code().isEmpty()) {
      wrong(row, "所属コード", Reason.CODE_MISSING, "");
    } else if (!first) {
      wrong(row, "所属コード", Reason.CODE_TWICE, row.code());
    } else {
      switch (kind.get()) {
        case OPEN -> open(row);
        case CHANGE -> change(row, SectionRow.Kind.CHANGE);
        case MOVE -> change(row, SectionRow.Kind.MOVE);
        case CLOSE -> close(row);
      }
    }
  }

  private void open(SectionRow row) {
    if (byCode.containsKey(row.code())) {
      wrong(row, "所属コード", Reason.CODE_TAKEN, row.code());
      return;
    }
    text(row, "所属コード", row.code(), MOST_CODE);
    if (row.name().isEmpty()) {
      wrong(row, "名称", Reason.NAME_MISSING, "");
    }
    contents(row);
    unused(row, "引き継ぐ所属コード", row.successor());
    var parent = parent(row, row.parent());
    var shape =
        new SectionRegister.Shape(
            row.name(), parent.orElse(null), filled(row.phone()), filled(row.mail()));
    steps.add(
        new SectionPlan.Step(
            row.line(),
            SectionRow.Kind.OPEN,
            Objects.requireNonNull(opening.get(row.code())),
            row.code(),
            null,
            shape,
            null));
  }

  private void change(SectionRow row, SectionRow.Kind kind) {
    var term = existing(row);
    contents(row);
    unused(row, "引き継ぐ所属コード", row.successor());
    var moves = kind == SectionRow.Kind.MOVE;
    if (!moves) {
      unused(row, "上位の所属コード", row.parent());
    }
    var above = moves ? parent(row, row.parent()).orElse(null) : null;
    if (term.isEmpty()) {
      return;
    }
    var before = term.get().shape();
    var after =
        new SectionRegister.Shape(
            row.name().isEmpty() ? before.name() : row.name(),
            moves ? above : before.parent(),
            row.phone().isEmpty() ? before.phone() : row.phone(),
            row.mail().isEmpty() ? before.mail() : row.mail());
    if (after.equals(before)) {
      wrong(row, "区分", Reason.NOTHING_TO_CHANGE, row.kind());
    }
    names.put(term.get().section(), after.name());
    steps.add(
        new SectionPlan.Step(
            row.line(), kind, term.get().section(), row.code(), before, after, null));
  }

  private void close(SectionRow row) {
    var term = existing(row);
    unused(row, "名称", row.name());
    unused(row, "上位の所属コード", row.parent());
    unused(row, "電話番号", row.phone());
    unused(row, "共有メール", row.mail());
    if (row.successor().isEmpty()) {
      wrong(row, "引き継ぐ所属コード", Reason.SUCCESSOR_MISSING, "");
      return;
    }
    var heir = there(row.successor());
    if (heir.isEmpty() || row.successor().equals(row.code()) || closing.contains(row.successor())) {
      wrong(row, "引き継ぐ所属コード", Reason.SUCCESSOR_UNFIT, row.successor());
      return;
    }
    term.ifPresent(old ->
        steps.add(
            new SectionPlan.Step(
                row.line(),
                SectionRow.Kind.CLOSE,
                old.section(),
                row.code(),
                old.shape(),
                null,
                heir.get())));
  }

  /** The section a line is about, as it is on the day, if nothing later is settled. */
  private Optional<SectionTerm> existing(SectionRow row) {
    var section = Optional.ofNullable(byCode.get(row.code()));
    var term = section.flatMap(tree::find);
    if (term.isEmpty()) {
      wrong(row, "所属コード", Reason.SECTION_UNKNOWN, row.code());
      return Optional.empty();
    }
    var settled =
        terms.stream().anyMatch(each -> each.section().equals(section.get()) && each.settles(day));
    if (settled) {
      wrong(row, "所属コード", Reason.LATER_CHANGE, row.code());
      return Optional.empty();
    }
    return term;
  }

  private Optional<UUID> parent(SectionRow row, String code) {
    if (code.isEmpty()) {
      return Optional.empty();
    }
    var above = there(code);
    if (above.isEmpty() || closing.contains(code)) {
      wrong(row, "上位の所属コード", Reason.PARENT_UNKNOWN, code);
      return Optional.empty();
    }
    return above;
  }

  private Optional<UUID> there(String code) {
    return Optional.ofNullable(byCode.get(code))
        .filter(id -> tree.find(id).isPresent())
        .or(() -> Optional.ofNullable(opening.get(code)));
  }

  private void contents(SectionRow row) {
    text(row, "名称", row.name(), MOST_NAME);
    text(row, "電話番号", row.phone(), MOST_PHONE);
    if (!row.mail().isEmpty()) {
      var reader = new FormReader();
      reader.mail("mail", row.mail());
      if (!reader.wrong().isEmpty()) {
        wrong(row, "共有メール", Reason.MAIL_UNFIT, row.mail());
      }
    }
  }

  private void text(SectionRow row, String field, String typed, int most) {
    var reader = new FormReader();
    reader.line("text", typed, most, false);
    if (!reader.wrong().isEmpty()) {
      wrong(row, field, Reason.TEXT_UNFIT, typed);
    }
  }

  private void unused(SectionRow row, String field, String typed) {
    if (!typed.isEmpty()) {
      wrong(row, field, Reason.CELL_UNUSED, typed);
    }
  }

  private static @Nullable String filled(String typed) {
    return typed.isEmpty() ? null : typed;
  }

  private void wrong(SectionRow row, String field, Reason reason, String value) {
    findings.add(new SectionFinding(row.line(), field, reason, value));
  }
}
