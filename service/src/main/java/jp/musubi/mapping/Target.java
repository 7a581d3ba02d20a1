package jp.musubi.mapping;

import java.util.Arrays;
import java.util.List;

/** 取り込み先. What a list of another system becomes here. */
public enum Target {
  /** 落札結果: drafts, by 一括送信. */
  AWARD,
  /** 入札参加資格者名簿: suppliers of the register. */
  SUPPLIERS;

  /** Ours that a mapping of this kind may fill, in their order. */
  public List<Wanted> wanted() {
    return Arrays.stream(Wanted.values()).filter(each -> each.target() == this).toList();
  }
}
