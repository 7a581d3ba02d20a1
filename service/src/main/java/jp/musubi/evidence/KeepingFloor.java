package jp.musubi.evidence;

/**
 * 保存期間の下限. For how many years a feature's things are kept or promised to somebody in the current
 * body: what is told of them in the record has to last as long.
 */
@FunctionalInterface
public interface KeepingFloor {

  /** Whole years; 0 when there is nothing yet. Asked for within a transaction of the body. */
  int years();
}
