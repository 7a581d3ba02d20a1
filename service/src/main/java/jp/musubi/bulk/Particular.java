package jp.musubi.bulk;

import java.util.Arrays;
import java.util.Optional;

/** 契約情報の列. What every list has a column for, whatever its form asks for beside. */
enum Particular {
  /** 件名. */
  TITLE("件名"),
  /** 相手方: its organisation. */
  ORGANISATION("相手方"),
  /** 役職. */
  POSITION("役職"),
  /** 氏名. */
  NAME("氏名"),
  /** メール. */
  MAIL("メール"),
  /** 契約金額. */
  AMOUNT("契約金額"),
  /** 契約日. */
  CONTRACT_DATE("契約日"),
  /** 契約期間の開始日. */
  FROM("契約期間の開始日"),
  /** 契約期間の終了日. */
  UNTIL("契約期間の終了日"),
  /** アクセスコード: あり where nothing is said; or what the party has registered. */
  CODE("アクセスコード");

  private final String heading;

  Particular(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }

  static Optional<Particular> of(String heading) {
    return Arrays.stream(values()).filter(each -> each.heading.equals(heading)).findFirst();
  }
}
