package jp.musubi.seal.pdf;

import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadView;

/**
 * Two sources read as one. PDFBox's own sequence gives no views, which streams are read through.
 */
final class Joined implements RandomAccessRead {
  private final RandomAccessRead first;
  private final RandomAccessRead second;
  private final long border;
  private final long length;
  private long position;

  Joined(RandomAccessRead first, RandomAccessRead second) throws IOException {
    this.first = first;
    this.second = second;
    border = first.length();
    length = border + second.length();
  }

  @Override
  public int read() throws IOException {
    if (position >= length) {
      return -1;
    }
    var read = here().read();
    position++;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (position >= length) {
      return -1;
    }
    var read = here().read(bytes, offset, count);
    position += Math.max(read, 0);
    return read;
  }

  /** The source that the position lies in, and the place in it. */
  private RandomAccessRead here() throws IOException {
    var source = position < border ? first : second;
    var place = position < border ? position : position - border;
    if (source.getPosition() != place) {
      source.seek(place);
    }
    return source;
  }

  @Override
  public long getPosition() {
    return position;
  }

  @Override
  public void seek(long to) throws IOException {
    if (to < 0) {
      throw new IOException("no position " + to);
    }
    position = Math.min(to, length);
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean isEOF() {
    return position >= length;
  }

  @Override
  public boolean isClosed() {
    return first.isClosed();
  }

  @Override
  public RandomAccessReadView createView(long start, long count) throws IOException {
    return new RandomAccessReadView(this, start, count);
  }

  @Override
  public void close() throws IOException {
    try (second) {
      first.close();
    }
  }
}
