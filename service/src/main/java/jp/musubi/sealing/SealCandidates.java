package jp.musubi.sealing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.custody.KeyConsent;
import jp.musubi.custody.ManagedKey;
import jp.musubi.custody.ManagedKeys;
import jp.musubi.seal.SealKey;

/**
 * 署名鍵の候補. The key that seals, and the one that is to take its place; which it is, is settled once,
 * at the start, so that no seal begins with one certificate and ends with another.
 */
record SealCandidates(SealKey current, Optional<SealKey> next) implements ManagedKeys {

  /** The next one once it is confirmed, and until then the current one. */
  SealKey chosen(KeyConsent consent) {
    return next.filter(key -> consent.given(ConsentedSealKey.managed(key, ManagedKey.Place.NEXT)))
        .orElse(current);
  }

  @Override
  public List<ManagedKey> keys() {
    return Stream.concat(
            Stream.of(ConsentedSealKey.managed(current, ManagedKey.Place.CURRENT)),
            next.map(key -> ConsentedSealKey.managed(key, ManagedKey.Place.NEXT)).stream())
        .toList();
  }
}
