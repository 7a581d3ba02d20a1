package jp.musubi.vault;

import jp.musubi.seal.Sha256;

/** 異常の届け. Where a reader says that an object is not whole, so that it is repaired. */
@FunctionalInterface
interface Reports {
  void broken(Sha256 digest, Condition condition);
}
