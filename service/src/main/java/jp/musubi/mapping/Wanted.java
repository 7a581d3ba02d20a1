package jp.musubi.mapping;

import java.util.List;

/**
 * 取り込む項目. One thing of ours that a column of theirs may fill. The names are those that the lists of
 * 一括送信 and of the suppliers have as headings.
 */
public enum Wanted {
  /** What the tender is called in the other system. */
  CASE(Target.AWARD, "調達案件番号", 100, false, Conversion.TEXT),
  /** 件名. */
  TITLE(Target.AWARD, "件名", 200, true, Conversion.TEXT),
  /** By which the register knows the supplier. */
  SUPPLIER_CODE(Target.AWARD, "業者番号", 50, false, Conversion.TEXT),
  /** By which everybody knows it. */
  CORPORATE_NUMBER(Target.AWARD, "法人番号", 50, false, Conversion.CORPORATE_NUMBER),
  /** As the other system writes it; only ever compared and shown. */
  WINNER(Target.AWARD, "落札者", 200, false, Conversion.TEXT),
  /** Which of several who act for the supplier. */
  WINNER_MAIL(Target.AWARD, "メール", 254, false, Conversion.TEXT),
  /** 契約金額, in yen. */
  AMOUNT(Target.AWARD, "契約金額", 50, false, Conversion.YEN),
  /** 契約日. */
  CONTRACT_DATE(Target.AWARD, "契約日", 50, false, Conversion.DAY),
  /** First day. */
  FROM(Target.AWARD, "契約期間の開始日", 50, false, Conversion.DAY),
  /** Last day. */
  UNTIL(Target.AWARD, "契約期間の終了日", 50, false, Conversion.DAY),
  /** For a box of the form of that name. */
  OPENED(Target.AWARD, "開札日", 50, false, Conversion.DAY),
  /** How the counterparty is identified. */
  IDENTIFICATION(Target.AWARD, "アクセスコード", 50, false, Conversion.TEXT),
  /** 契約の種類: has to be that of the form. */
  KIND(Target.AWARD, "契約の種類", 100, false, Conversion.CODES),
  /** 担当課: has to be that of the clerk. */
  SECTION(Target.AWARD, "担当課", 100, false, Conversion.CODES),
  /** 契約名義: has to be that of the run. */
  OFFICE(Target.AWARD, "契約名義", 100, false, Conversion.CODES),

  /** 商号または名称. */
  NAME(Target.SUPPLIERS, "名称", 100, true, Conversion.TEXT),
  /** 法人番号. */
  NUMBER(Target.SUPPLIERS, "法人番号", 50, false, Conversion.CORPORATE_NUMBER),
  /** 業者番号. */
  CODE(Target.SUPPLIERS, "業者番号", 50, false, Conversion.TEXT),
  /** 所在地. */
  ADDRESS(Target.SUPPLIERS, "所在地", 200, false, Conversion.TEXT),
  /** 電話番号. */
  PHONE(Target.SUPPLIERS, "電話番号", 50, false, Conversion.TEXT),
  /** 備考. */
  NOTES(Target.SUPPLIERS, "備考", 1000, false, Conversion.TEXT),
  /** Who acts for it. */
  PERSON(Target.SUPPLIERS, "氏名", 50, false, Conversion.TEXT),
  /** Their title. */
  POSITION(Target.SUPPLIERS, "職名", 50, false, Conversion.TEXT),
  /** Their address. */
  MAIL(Target.SUPPLIERS, "メール", 254, false, Conversion.TEXT),
  /** In what capacity. */
  CAPACITY(Target.SUPPLIERS, "立場", 50, false, Conversion.TEXT),
  /** Their last day. */
  LAST_DAY(Target.SUPPLIERS, "いつまで", 50, false, Conversion.DAY);

  private final Target target;
  private final String heading;
  private final int most;
  private final boolean required;
  private final Conversion natural;

  Wanted(Target target, String heading, int most, boolean required, Conversion natural) {
    this.target = target;
    this.heading = heading;
    this.most = most;
    this.required = required;
    this.natural = natural;
  }

  /** What it is of. */
  public Target target() {
    return target;
  }

  /** As people read it, and as a list of our own has it. */
  public String heading() {
    return heading;
  }

  /** Most characters as a person counts them. */
  public int most() {
    return most;
  }

  /** Whether nothing can be made without it. */
  public boolean required() {
    return required;
  }

  /** How it is read unless somebody says otherwise. */
  Conversion natural() {
    return natural;
  }

  /** Those of an award of which one has to be there, to know the supplier. */
  static List<Wanted> knowTheWinner() {
    return List.of(SUPPLIER_CODE, CORPORATE_NUMBER);
  }
}
