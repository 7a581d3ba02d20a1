package jp.musubi.seal.pdf;

import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jspecify.annotations.Nullable;

/** Reads PDF objects without believing in their types. */
public final class Cos {
  private Cos() {}

  /** The object behind any references, or null when they lead nowhere or in a circle. */
  public static @Nullable COSBase direct(@Nullable COSBase base) {
    var hops = 0;
    var at = base;
    while (at instanceof COSObject reference && hops++ < 32) {
      at = reference.getObject();
    }
    return at instanceof COSObject ? null : at;
  }

  /** The object under the key, references followed. */
  public static @Nullable COSBase get(COSDictionary dictionary, String key) {
    return direct(dictionary.getItem(COSName.getPDFName(key)));
  }

  /** Whether anything but null stands under the key. */
  public static boolean has(COSDictionary dictionary, String key) {
    return get(dictionary, key) != null;
  }

  /** The dictionary under the key; null when something else stands there. */
  public static @Nullable COSDictionary dictionary(COSDictionary of, String key) {
    return get(of, key) instanceof COSDictionary found ? found : null;
  }

  /** The array under the key; null when something else stands there. */
  public static @Nullable COSArray array(COSDictionary of, String key) {
    return get(of, key) instanceof COSArray found ? found : null;
  }

  /** The name under the key, or the empty string. */
  public static String name(COSDictionary of, String key) {
    return get(of, key) instanceof COSName found ? found.getName() : "";
  }

  /** The number under the key, cut to a whole one; {@code otherwise} when there is none. */
  public static long number(COSDictionary of, String key, long otherwise) {
    return get(of, key) instanceof COSNumber found ? found.longValue() : otherwise;
  }

  /** The dictionaries in an array, whatever else it holds. */
  public static List<COSDictionary> dictionaries(@Nullable COSArray array) {
    if (array == null) {
      return List.of();
    }
    return array.toList().stream()
        .map(Cos::direct)
        .filter(COSDictionary.class::isInstance)
        .map(COSDictionary.class::cast)
        .toList();
  }

  /** The rectangle under the key; null unless four numbers stand there. */
  public static @Nullable PDRectangle rectangle(COSDictionary of, String key) {
    var array = array(of, key);
    if (array == null || array.size() != 4) {
      return null;
    }
    for (var each : array) {
      if (!(direct(each) instanceof COSNumber)) {
        return null;
      }
    }
    return new PDRectangle(array);
  }
}
