package jp.musubi.vault;

/**
 * Under which name an object lies in its body's folder.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
record ObjectName(String hex) {

  ObjectName {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not the name of an object: %.80s".formatted(hex));
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
