package jp.musubi.input;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** 入力項目の種類, with what of it may be filled in. */
sealed interface InputKind {
  /** Most letters of a text. */
  int MOST_LETTERS = 500;

  /** Most choices of one. */
  int MOST_CHOICES = 30;

  /** As the database and the message keys name it. */
  Name name();

  /** What kinds there are. */
  enum Name {
    TEXT,
    NUMBER,
    DAY,
    TICK,
    CHOICE
  }

  /**
   * 文字: as typed, in one line.
   *
   * @param most letters as a person counts them
   */
  record Text(int most) implements InputKind {
    @Override
    public Name name() {
      return Name.TEXT;
    }
  }

  /** 数値: a whole number; the bounds are included. */
  record Figure(OptionalLong least, OptionalLong most) implements InputKind {
    @Override
    public Name name() {
      return Name.NUMBER;
    }

    boolean takes(long number) {
      return (least.isEmpty() || number >= least.getAsLong())
          && (most.isEmpty() || number <= most.getAsLong());
    }
  }

  /** 日付: by either calendar; the bounds are included. */
  record Day(Optional<LocalDate> earliest, Optional<LocalDate> latest) implements InputKind {
    @Override
    public Name name() {
      return Name.DAY;
    }

    boolean takes(LocalDate day) {
      return earliest.filter(day::isBefore).isEmpty() && latest.filter(day::isAfter).isEmpty();
    }
  }

  /** チェック欄. */
  record Tick() implements InputKind {
    @Override
    public Name name() {
      return Name.TICK;
    }
  }

  /** 選択: one of these. */
  record Choice(List<String> choices) implements InputKind {
    /** Keeps its own copy. */
    public Choice {
      choices = List.copyOf(choices);
    }

    @Override
    public Name name() {
      return Name.CHOICE;
    }
  }
}
