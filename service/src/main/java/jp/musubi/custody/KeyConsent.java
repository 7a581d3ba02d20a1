package jp.musubi.custody;

/** 二人の確認. Whether a key may be used. */
public interface KeyConsent {

  /**
   * Whether one operator has proposed the key and another confirmed it; outside of production,
   * where seals prove nothing, always. Needs no body and no transaction.
   */
  boolean given(ManagedKey key);
}
