package jp.musubi.seal.validation;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** Compares objects of two revisions by what is written; references are equal by number. */
final class Sameness {
  private Sameness() {}

  private record Pair(@Nullable COSBase a, @Nullable COSBase b) {}

  static boolean same(@Nullable COSBase one, @Nullable COSBase other) {
    var todo = new ArrayDeque<Pair>();
    todo.push(new Pair(one, other));
    while (!todo.isEmpty()) {
      var pair = todo.pop();
      var a = pair.a() instanceof COSNull ? null : pair.a();
      var b = pair.b() instanceof COSNull ? null : pair.b();
      if (a == null || b == null) {
        if (a != null || b != null) {
          return false;
        }
        continue;
      }
      if (a instanceof COSObject || b instanceof COSObject) {
        if (!(a instanceof COSObject && b instanceof COSObject)
            || !Objects.equals(a.getKey(), b.getKey())) {
          return false;
        }
        continue;
      }
      if (!a.getClass().equals(b.getClass())) {
        return false;
      }
      if (a instanceof COSDictionary left && b instanceof COSDictionary right) {
        if (!left.keySet().equals(right.keySet())
            || (left instanceof COSStream x
                && right instanceof COSStream y
                && !Arrays.equals(raw(x), raw(y)))) {
          return false;
        }
        for (var key : left.keySet()) {
          todo.push(new Pair(left.getItem(key), right.getItem(key)));
        }
      } else if (a instanceof COSArray left && b instanceof COSArray right) {
        if (left.size() != right.size()) {
          return false;
        }
        for (var i = 0; i < left.size(); i++) {
          todo.push(new Pair(left.get(i), right.get(i)));
        }
      } else if (a instanceof COSString left && b instanceof COSString right) {
        if (!Arrays.equals(left.getBytes(), right.getBytes())) {
          return false;
        }
      } else if (!a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  /** The keys under which two dictionaries say different things. */
  static Set<String> differences(COSDictionary a, COSDictionary b) {
    var keys = new LinkedHashSet<String>();
    for (var key : union(a, b)) {
      if (!same(a.getItem(key), b.getItem(key))) {
        keys.add(key.getName());
      }
    }
    return keys;
  }

  private static Set<org.apache.pdfbox.cos.COSName> union(COSDictionary a, COSDictionary b) {
    var keys = new LinkedHashSet<>(a.keySet());
    keys.addAll(b.keySet());
    return keys;
  }

  /** A stream's data as they are written. */
  static byte[] raw(COSStream stream) {
    try (var in = stream.createRawInputStream()) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      // Never the same as anything: a stream that cannot be read cannot be compared.
      return new byte[] {(byte) System.identityHashCode(stream)};
    }
  }
}
