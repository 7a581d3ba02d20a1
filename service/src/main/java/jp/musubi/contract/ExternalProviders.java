package jp.musubi.contract;

/** 外部のIDの提供者, as far as a sender has to know: by whom counterparties may be asked to sign in. */
public interface ExternalProviders {

  /** Whether the operator has set up a provider that counts for this level or more. */
  boolean reach(Identification.Level least);
}
