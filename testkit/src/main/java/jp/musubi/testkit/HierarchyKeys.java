package jp.musubi.testkit;

/**
 * 鍵の構成 — Which kinds of key a hierarchy is made with: an age of cryptography.
 *
 * @param authorities of the root and the authorities below it
 * @param seal of the sealing certificate
 * @param timestamp of the timestamping certificate and the responders
 */
public record HierarchyKeys(KeyKind authorities, KeyKind seal, KeyKind timestamp) {

  /** Today's: P-384 above, P-256 for timestamps, and a seal of the kind named. */
  public static HierarchyKeys withSeal(KeyKind seal) {
    return new HierarchyKeys(KeyKind.P_384, seal, KeyKind.P_256);
  }

  /** The same kind everywhere. */
  public static HierarchyKeys all(KeyKind kind) {
    return new HierarchyKeys(kind, kind, kind);
  }
}
