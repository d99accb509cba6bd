#include "widgets/inspector/HeadText.h"

#include "base/Bytes.h"
#include "base/CombiningMarks.h"
#include "base/Units.h"
#include "widgets/style/Theme.h"

#include <QTextBlockFormat>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextOption>
#include <QtMath>

#include <algorithm>

namespace sockeye {

namespace {

/// The most characters of a refusal's body and of all lines of a head; the Copy button copies the whole.
constexpr qsizetype MaxShown = 64 * 1024;
/// The most characters of one line: laying out a longer one would block the window.
constexpr qsizetype MaxLine = 4 * 1024;
/// The largest heights, in lines. A body scrolls in its own field; a head does so only if it is very long.
constexpr int MaxPlainHeight = 400;
constexpr int MaxHeadHeight = 4000;
/// Border and padding that the style sheet gives a text field, and a pixel for rounding.
constexpr int FrameHeight = 11;

/// Each byte has a character, even where the peer wrote no UTF-8.
QString textOf(const QByteArray &bytes)
{
    return withFewMarks(isValidUtf8(bytes) ? textFromUtf8(bytes) : QString::fromLatin1(bytes));
}

QTextCharFormat formatOf(const QFont &font, const QColor &color)
{
    QTextCharFormat format;
    format.setFont(font);
    format.setForeground(color);
    return format;
}

/// Writes the lines of a head into a document.
class LineWriter final
{
public:
    LineWriter(QTextDocument *document, const QFont &words, const QPalette &palette)
        : m_cursor(document)
        , m_colors(theme::colors(palette))
        , m_data(theme::dataFont())
        , m_words(words)
    {
        if (m_words.pointSizeF() > 0)
            m_words.setPointSizeF(m_words.pointSizeF() * 0.92);
        m_below.setLeftMargin(2 * theme::Gap);
    }

    void write(const HandshakeLine &line)
    {
        const QByteArrayView words = line.words();
        beginBlock(m_isFirst ? 0 : theme::Gap / 2, {});
        const qsizetype shown = std::min(words.size(), MaxLine);
        const qsizetype name = line.name.isEmpty() ? 0 : std::min(shown, words.indexOf(':') + 1);
        m_cursor.insertText(textOf(words.first(name).toByteArray()), formatOf(m_data, m_colors.received));
        m_cursor.insertText(textOf(words.sliced(name, shown - name).toByteArray()), formatOf(m_data, m_colors.text));
        if (shown < words.size())
            note(HeadText::tr("… and %1 more").arg(sizeText(words.size() - shown)), m_colors.dimText);
        if (!line.text.isEmpty())
            explain(withSection(line.text, line.section), m_colors.dimText);
        if (!line.problem.isEmpty())
            explain(QStringLiteral("✗ ") +
                        (line.text.isEmpty() ? withSection(line.problem, line.section) : line.problem),
                    m_colors.error);
    }

    void note(const QString &text, const QColor &color)
    {
        m_cursor.insertText(withFewMarks(text), formatOf(m_words, color));
    }
    void explain(const QString &text, const QColor &color)
    {
        beginBlock(0, m_below);
        note(text, color);
    }
    [[nodiscard]] const QColor &dimText() const { return m_colors.dimText; }

private:
    [[nodiscard]] static QString withSection(const QString &text, const QString &section)
    {
        return section.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, section);
    }
    void beginBlock(int topMargin, QTextBlockFormat format)
    {
        format.setTopMargin(topMargin);
        if (m_isFirst)
            m_cursor.setBlockFormat(format);
        else
            m_cursor.insertBlock(format);
        m_isFirst = false;
    }

    QTextCursor m_cursor;
    const ThemeColors &m_colors;
    QFont m_data;
    QFont m_words;
    QTextBlockFormat m_below;
    bool m_isFirst = true;
};

} // namespace

HeadText::HeadText(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setFont(theme::dataFont());
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HeadText::showPlain(const QByteArray &bytes)
{
    QString text = textOf(bytes.first(std::min(bytes.size(), MaxShown)));
    // The empty line that ends a head is not shown.
    while (text.endsWith(u'\n') || text.endsWith(u'\r'))
        text.chop(1);
    m_maxHeight = MaxPlainHeight;
    document()->setPlainText(text);
    fitHeight();
}

void HeadText::showLines(const HandshakeLines &lines)
{
    clear();
    // The parent's palette: it tells of a change before this widget has it.
    LineWriter writer(document(), parentWidget()->font(), parentWidget()->palette());
    qsizetype left = MaxShown;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].words().isEmpty())
            continue;
        left -= std::min(lines[i].bytes.size(), MaxLine) + lines[i].text.size();
        if (left < 0) {
            writer.explain(tr("… and %1 more lines. Copy takes all of them.").arg(countText(lines.size() - i)),
                           writer.dimText());
            break;
        }
        writer.write(lines[i]);
    }
    m_maxHeight = MaxHeadHeight;
    moveCursor(QTextCursor::Start);
    fitHeight();
}

void HeadText::fitHeight()
{
    document()->setTextWidth(viewport()->width());
    const qreal height = document()->size().height();
    const bool fits = height < m_maxHeight;
    // A bar that comes and goes would change the width, and with it the height.
    setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAlwaysOn);
    setFixedHeight(qCeil(std::min<qreal>(height, m_maxHeight)) + FrameHeight);
}

void HeadText::resizeEvent(QResizeEvent *event)
{
    QTextEdit::resizeEvent(event);
    fitHeight();
}

} // namespace sockeye
