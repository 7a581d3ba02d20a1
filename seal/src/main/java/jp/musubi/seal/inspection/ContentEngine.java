package jp.musubi.seal.inspection;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.GeneralPath;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.font.PDVectorFont;
import org.apache.pdfbox.pdmodel.graphics.blend.BlendMode;
import org.apache.pdfbox.pdmodel.graphics.color.PDColor;
import org.apache.pdfbox.pdmodel.graphics.color.PDColorSpace;
import org.apache.pdfbox.pdmodel.graphics.color.PDPattern;
import org.apache.pdfbox.pdmodel.graphics.form.PDTransparencyGroup;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.pattern.PDTilingPattern;
import org.apache.pdfbox.pdmodel.graphics.state.PDGraphicsState;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/** Paints a page without paper: tells where each character and each area would go. */
final class ContentEngine extends PDFGraphicsStreamEngine {
  private static final float THICK = 3;
  private static final int DEEPEST_PATTERN = 4;

  private final VisibleText text;
  private final Contents contents;
  private final GeneralPath path = new GeneralPath();
  private final Unseen unseen;
  private final StringBuilder written = new StringBuilder();
  private int clipRule = -1;
  private int compatibility;
  private double groupOpacity = 1;
  private boolean groupPlain = true;

  ContentEngine(PDPage page, VisibleText text, Contents contents) {
    super(page);
    this.text = text;
    this.contents = contents;
    this.unseen = new Unseen(contents.effort());
  }

  /** What is read of all pages: fonts, faults, and how much there is of it. */
  interface Contents {
    /** What it has cost so far. */
    Effort effort();

    /** An operator that no reader has to know, or one that names what is not there. */
    void fault(String what, String detail);

    /** A font that draws something. */
    void font(PDFont font);

    /** The outlines of a font's characters, kept. */
    Map<Integer, Optional<Rectangle2D>> outlines(PDFont font);
  }

  /** An annotation whose look is a reader's own. */
  void showUnseen(PDAnnotation annotation) throws IOException {
    unseen.within(() -> showAnnotation(annotation));
  }

  /** The text that was written since the last call, without blanks. */
  String takeWritten() {
    var all = written.toString();
    written.setLength(0);
    return all;
  }

  @Override
  protected void processOperator(Operator operator, @Nullable List<COSBase> given)
      throws IOException {
    // PDFBox makes ' and " of others (ISO 32000-2, 9.4.3), and gives T* none at all.
    List<COSBase> operands = given == null ? List.of() : given;
    contents.effort().operator();
    // PDFBox draws on without these, each reader in its own way.
    if (!operands.isEmpty() && operands.getFirst() instanceof COSName name) {
      switch (operator.getName()) {
        case "Tf" -> present("Font", name);
        case "gs" -> present("ExtGState", name);
        default -> {}
      }
    }
    super.processOperator(operator, operands);
  }

  private void present(String kind, COSName name) {
    var resources = getResources().getCOSObject();
    var all = resources.getDictionaryObject(COSName.getPDFName(kind));
    if (!(all instanceof COSDictionary found) || found.getDictionaryObject(name) == null) {
      contents.fault("missing-resource", "/" + kind + " /" + name.getName());
    }
  }

  @Override
  protected void unsupportedOperator(Operator operator, List<COSBase> operands) {
    switch (operator.getName()) {
      case "BX" -> compatibility++;
      case "EX" -> compatibility--;
      default -> {
        if (compatibility <= 0 && !Operators.known(operator.getName())) {
          contents.fault("undefined-operator", Operators.printable(operator.getName()));
        }
      }
    }
  }

  @Override
  protected void operatorException(Operator operator, List<COSBase> operands, IOException e) {
    contents.fault(
        "missing-resource", operator.getName() + ": " + Operators.printable(e.toString()));
  }

  @Override
  public void showTransparencyGroup(PDTransparencyGroup form) throws IOException {
    var opacity = groupOpacity;
    var plain = groupPlain;
    var state = getGraphicsState();
    mask(state);
    groupOpacity *= state.getNonStrokeAlphaConstant();
    groupPlain &= plain(state);
    super.showTransparencyGroup(form);
    groupOpacity = opacity;
    groupPlain = plain;
  }

  @Override
  protected void showFontGlyph(Matrix matrix, PDFont font, int code, Vector displacement)
      throws IOException {
    contents.font(font);
    var outline =
        contents.outlines(font).computeIfAbsent(code, c -> outline(font, c, displacement));
    character(matrix, font, code, displacement, outline);
    painted(font, code, matrix);
  }

  /** Letters may be painted with a pattern, and their edges dashed. */
  private void painted(PDFont font, int code, Matrix matrix) throws IOException {
    var state = getGraphicsState();
    var mode = state.getTextState().getRenderingMode();
    if (mode.isFill()) {
      pattern(state.getNonStrokingColor(), state.getNonStrokingColorSpace());
    }
    if (mode.isStroke()) {
      pattern(state.getStrokingColor(), state.getStrokingColorSpace());
      if (state.getLineDashPattern().getDashArray().length > 0
          && font instanceof PDVectorFont vector) {
        var place = Matrix.concatenate(matrix, font.getFontMatrix()).createAffineTransform();
        stroke(place.createTransformedShape(vector.getNormalizedPath(code)), state);
      }
    }
    if (mode.isFill() || mode.isStroke()) {
      mask(state);
    }
  }

  /** Empty when the character draws nothing; its place when the font does not tell its shape. */
  private static Optional<Rectangle2D> outline(PDFont font, int code, Vector displacement) {
    if (!(font instanceof PDVectorFont vector)) {
      return Optional.of(cell(displacement));
    }
    try {
      var shape = vector.getNormalizedPath(code);
      var bounds =
          font.getFontMatrix().createAffineTransform().createTransformedShape(shape).getBounds2D();
      return bounds.isEmpty() ? Optional.empty() : Optional.of(bounds);
    } catch (IOException | RuntimeException shapeless) {
      return Optional.of(cell(displacement));
    }
  }

  @Override
  protected void showType3Glyph(Matrix matrix, PDType3Font font, int code, Vector displacement)
      throws IOException {
    contents.font(font);
    character(matrix, font, code, displacement, Optional.of(cell(displacement)));
    var shape = font.getCharProc(code);
    if (shape != null) {
      // A glyph draws with the line that it is shown with.
      var state = getGraphicsState();
      var line = new ArrayList<Float>();
      for (var part : state.getLineDashPattern().getDashArray()) {
        line.add(part);
      }
      line.add(state.getLineWidth());
      unseen.read(
          Unseen.Way.of(shape.getCOSObject(), matrix, line),
          true,
          () -> processType3Stream(shape, matrix));
    }
  }

  private void character(
      Matrix matrix, PDFont font, int code, Vector displacement, Optional<Rectangle2D> outline)
      throws IOException {
    var unicode = font.toUnicode(code);
    // A code without a character counts when it draws something.
    if (unseen.reading() || (unicode == null ? outline.isEmpty() : blank(unicode))) {
      return;
    }
    if (unicode != null) {
      written.append(unicode);
    }
    var drawn = outline.isPresent();
    if (!drawn && unicode != null && !unicode.codePoints().anyMatch(Character::isLetterOrDigit)) {
      return;
    }
    var box =
        matrix
            .createAffineTransform()
            .createTransformedShape(outline.orElseGet(() -> cell(displacement)))
            .getBounds2D();
    var state = getGraphicsState();
    var mode = state.getTextState().getRenderingMode();
    var strokes = mode.isStroke();
    var stroked = rgb(state.getStrokingColor(), state);
    var filled = rgb(state.getNonStrokingColor(), state);
    // Letters with an edge of another colour are seen on either.
    var colour =
        strokes && mode.isFill()
            ? (stroked == filled ? filled : VisibleText.MANY_COLOURS)
            : (strokes ? stroked : filled);
    var opacity =
        groupOpacity
            * Math.max(
                strokes ? state.getAlphaConstant() : 0,
                strokes && !mode.isFill() ? 0 : state.getNonStrokeAlphaConstant());
    text.character(
        box, new VisibleText.Look(mode.intValue() % 8, colour, opacity, drawn), clip(state));
  }

  private static boolean blank(String unicode) {
    return unicode
        .codePoints()
        .allMatch(c ->
            Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT);
  }

  private static Rectangle2D cell(Vector displacement) {
    var across = Math.abs(displacement.getX()) > 0.01f ? displacement.getX() : 1f;
    return new Rectangle2D.Double(Math.min(0, across), 0, Math.abs(across), 0.7);
  }

  private int rgb(PDColor colour, PDGraphicsState state) {
    if (colour.isPattern() || !plain(state)) {
      return VisibleText.MANY_COLOURS;
    }
    try {
      return colour.toRGB() & 0xffffff;
    } catch (IOException | RuntimeException unknown) {
      return VisibleText.MANY_COLOURS;
    }
  }

  private static boolean plain(PDGraphicsState state) {
    return state.getSoftMask() == null && BlendMode.NORMAL.equals(state.getBlendMode());
  }

  private boolean opaque(double alpha, PDGraphicsState state) {
    return groupPlain && plain(state) && groupOpacity * alpha > 0.98;
  }

  private static Shape clip(PDGraphicsState state) {
    var clip = state.getCurrentClippingPath();
    return clip.isRectangular() ? clip.getBounds2D() : clip;
  }

  @Override
  public void drawImage(PDImage image) throws IOException {
    var state = getGraphicsState();
    mask(state);
    if (unseen.reading()) {
      return;
    }
    var place = new Path2D.Double(new Rectangle2D.Double(0, 0, 1, 1));
    place.transform(state.getCurrentTransformationMatrix().createAffineTransform());
    var entries = image.getCOSObject();
    var masked =
        image.isStencil()
            || entries.containsKey(COSName.SMASK)
            || entries.containsKey(COSName.MASK);
    text.image(place, clip(state), !masked && opaque(state.getNonStrokeAlphaConstant(), state));
  }

  @Override
  public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
    path.moveTo(p0.getX(), p0.getY());
    path.lineTo(p1.getX(), p1.getY());
    path.lineTo(p2.getX(), p2.getY());
    path.lineTo(p3.getX(), p3.getY());
    path.closePath();
  }

  @Override
  public void clip(int windingRule) {
    clipRule = windingRule;
  }

  @Override
  public void moveTo(float x, float y) {
    path.moveTo(x, y);
  }

  @Override
  public void lineTo(float x, float y) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    }
    path.lineTo(x, y);
  }

  @Override
  public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
    if (path.getCurrentPoint() == null) {
      path.moveTo(x3, y3);
    } else {
      path.curveTo(x1, y1, x2, y2, x3, y3);
    }
  }

  @Override
  public @Nullable Point2D getCurrentPoint() {
    return path.getCurrentPoint();
  }

  @Override
  public void closePath() {
    if (path.getCurrentPoint() != null) {
      path.closePath();
    }
  }

  @Override
  public void endPath() {
    if (clipRule >= 0) {
      path.setWindingRule(clipRule);
      getGraphicsState().intersectClippingPath(path);
      clipRule = -1;
    }
    path.reset();
  }

  @Override
  public void strokePath() throws IOException {
    stroked();
    endPath();
  }

  private void stroked() throws IOException {
    var state = getGraphicsState();
    var width = stroke(path, state);
    pattern(state.getStrokingColor(), state.getStrokingColorSpace());
    mask(state);
    if (!unseen.reading() && width >= THICK) {
      var line =
          new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER)
              .createStrokedShape(path);
      var colour = state.getStrokingColor();
      text.painted(
          line,
          clip(state),
          rgb(colour, state),
          !colour.isPattern() && opaque(state.getAlphaConstant(), state));
    }
  }

  /** Counts what a stroke costs; its width on the page. */
  private float stroke(Shape line, PDGraphicsState state) {
    var width = transformWidth(state.getLineWidth());
    var pattern = state.getLineDashPattern().getDashArray();
    for (var i = 0; i < pattern.length; i++) {
      pattern[i] = transformWidth(pattern[i]);
    }
    contents.effort().stroke(line, width, pattern);
    return width;
  }

  @Override
  public void fillPath(int windingRule) throws IOException {
    filled(windingRule);
    endPath();
  }

  @Override
  public void fillAndStrokePath(int windingRule) throws IOException {
    filled(windingRule);
    stroked();
    endPath();
  }

  private void filled(int windingRule) throws IOException {
    var state = getGraphicsState();
    var colour = state.getNonStrokingColor();
    pattern(colour, state.getNonStrokingColorSpace());
    mask(state);
    if (!unseen.reading()) {
      path.setWindingRule(windingRule);
      text.painted(
          (Shape) path.clone(),
          clip(state),
          rgb(colour, state),
          !colour.isPattern() && opaque(state.getNonStrokeAlphaConstant(), state));
    }
  }

  /** A tile is drawn once, and laid out many times. */
  private void pattern(PDColor colour, @Nullable PDColorSpace in) throws IOException {
    if (in instanceof PDPattern space
        && colour.getPatternName() != null
        && unseen.level() < DEEPEST_PATTERN
        && space.getPattern(colour) instanceof PDTilingPattern tile) {
      var by = new ArrayList<Float>();
      for (var component : colour.getComponents()) {
        by.add(component);
      }
      unseen.read(
          Unseen.Way.of(tile.getCOSObject(), getInitialMatrix(), by),
          false,
          () ->
              processTilingPattern(
                  tile,
                  new PDColor(colour.getComponents(), space.getUnderlyingColorSpace()),
                  space.getUnderlyingColorSpace()));
    }
  }

  /** A soft mask is drawn anew for everything that is painted through it. */
  private void mask(PDGraphicsState state) throws IOException {
    var mask = state.getSoftMask();
    var group = mask == null || unseen.level() >= DEEPEST_PATTERN ? null : mask.getGroup();
    if (group != null) {
      unseen.read(
          Unseen.Way.of(
              group.getCOSObject(), mask.getInitialTransformationMatrix(), new ArrayList<>()),
          true,
          () -> processSoftMask(group));
    }
  }

  @Override
  public void shadingFill(COSName name) throws IOException {
    present("Shading", name);
    var state = getGraphicsState();
    mask(state);
    if (!unseen.reading()) {
      var area = new Area(state.getCurrentClippingPath());
      text.painted(
          area, area, VisibleText.MANY_COLOURS, opaque(state.getNonStrokeAlphaConstant(), state));
    }
  }
}
