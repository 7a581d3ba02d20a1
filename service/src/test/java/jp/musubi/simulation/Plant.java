package jp.musubi.simulation;

/** 植えた誤り. What is wrong with the service of a world, if anything. */
enum Plant {
  NONE("", ""),
  UNFENCED("引き継がれた処理を締め出さない", "I10: recorded after it was taken over"),
  WRITTEN_DOWN_FIRST("送る前に送信済みと書く", "I9: sent and never received"),
  NOT_REVIVED("落ちた仕事を拾わない", "I11"),
  FORGOTTEN_FIRST("済む前に仕事を消す", "I11");

  private final String title;
  private final String sign;

  Plant(String title, String sign) {
    this.title = title;
    this.sign = sign;
  }

  String title() {
    return title;
  }

  /** What the oracle has to say of it. */
  String sign() {
    return sign;
  }
}
