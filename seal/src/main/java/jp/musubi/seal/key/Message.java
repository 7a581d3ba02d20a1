package jp.musubi.seal.key;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the service and the module's process say to each other: a word, and byte strings each after
 * its length. One question, one answer, and then the next.
 *
 * @param parts belong to whoever made the message
 */
record Message(Word word, List<byte[]> parts) {
  private static final int MOST_PARTS = 16;
  private static final int LONGEST_PART = 1 << 20;

  /** Questions first, then answers. */
  enum Word {
    /** Log in: configuration, label, PIN; opens a key that signs. Answer: its certificates. */
    OPEN_SEAL,
    /** The same for a key that encrypts. Answer: what tells it from others. */
    OPEN_AES,
    /** Sign: algorithm, bytes. */
    SIGN,
    /** Encrypt: nonce, context, bytes. */
    ENCRYPT,
    /** Decrypt: nonce, context, bytes. */
    DECRYPT,
    DONE,
    /** It did not work, for the reason in words. */
    FAILED,
    /** The token calls the PIN wrong. */
    WRONG_PIN,
    /** What was to be decrypted was made by another key, in another context, or changed. */
    BAD_TAG
  }

  static Message of(Word word, byte[]... parts) {
    return new Message(word, List.of(parts));
  }

  static Message failed(Word word, String why) {
    return of(word, why.getBytes(StandardCharsets.UTF_8));
  }

  byte[] part(int index) {
    return parts.get(index);
  }

  String text(int index) {
    return new String(parts.get(index), StandardCharsets.UTF_8);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(word.name());
    out.writeByte(parts.size());
    for (var part : parts) {
      out.writeInt(part.length);
      out.write(part);
    }
    out.flush();
  }

  /**
   * The next message.
   *
   * @throws java.io.EOFException when there is none any more
   * @throws IOException when it is none of ours
   */
  static Message read(DataInputStream in) throws IOException {
    var word = word(in.readUTF());
    var count = in.readUnsignedByte();
    if (count > MOST_PARTS) {
      throw new IOException("not a message: %d parts".formatted(count));
    }
    var parts = new ArrayList<byte[]>();
    for (var i = 0; i < count; i++) {
      var length = in.readInt();
      if (length < 0 || length > LONGEST_PART) {
        throw new IOException("not a message: %d bytes".formatted(length));
      }
      var part = new byte[length];
      in.readFully(part);
      parts.add(part);
    }
    return new Message(word, parts);
  }

  private static Word word(String name) throws IOException {
    try {
      return Word.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a message", e);
    }
  }
}
