package jp.musubi.custody;

/**
 * 管理する鍵. A key that the settings name, as people can compare it with their papers.
 *
 * @param fingerprint SHA-256 of the certificate in hexadecimal, or the master key's own name
 * @param description whose certificate it is, from whom, until when
 */
public record ManagedKey(Kind kind, String fingerprint, String description, Place place) {

  /** The fingerprint in groups, as people compare it. */
  public String grouped() {
    return grouped(fingerprint);
  }

  static String grouped(String fingerprint) {
    return fingerprint.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** What a key is for. */
  public enum Kind {
    /** 署名鍵, by its certificate. */
    SEAL,
    /** 主鍵, which wraps the keys of the bodies. */
    MASTER
  }

  /** Where the settings name it. */
  public enum Place {
    /** As the one to use. */
    CURRENT,
    /** As the one to use after the current one. */
    NEXT
  }
}
