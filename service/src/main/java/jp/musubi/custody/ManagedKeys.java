package jp.musubi.custody;

import java.util.List;

/** The keys of a feature that two operators have to answer for. */
@FunctionalInterface
public interface ManagedKeys {

  /** Those the settings name now. */
  List<ManagedKey> keys();
}
