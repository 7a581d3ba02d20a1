package jp.musubi.operations;

/** There is no body of the code that was named; the message is the code. */
final class NoSuchBody extends RuntimeException {
  NoSuchBody(String code) {
    super(code);
  }
}
