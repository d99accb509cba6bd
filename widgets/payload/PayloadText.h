#pragma once

#include "filter/MatchMarks.h"
#include "widgets/controls/LineEnding.h"

#include <QBasicTimer>
#include <QPlainTextEdit>

#include <optional>

namespace sockeye {

/// A text made ready for PayloadText, away from the GUI thread. Very long lines are broken, since the layout of a line
/// takes time by its length.
struct PreparedText
{
    QStringList lines;
    /// What ends each line in the text; None for the last one, and for one that was broken because of its length.
    QList<LineEnding> endings;
    bool isJson = false;

    [[nodiscard]] static PreparedText from(const QString &text, bool isJson);
    /// The text as it was given.
    [[nodiscard]] QString text() const;

    friend bool operator==(const PreparedText &, const PreparedText &) = default;
};

/// A place in a PreparedText.
struct TextPlace
{
    qsizetype line = 0;
    /// Characters of that line.
    MatchMarks::Range range;

    friend bool operator==(const TextPlace &, const TextPlace &) = default;
};

/// Shows text of a payload, up to some megabytes, without blocking the window: it fills in slices, and only what is
/// visible is coloured. What is copied is the text between the ends of the selection (ExactText), whatever breaks lines
/// on the screen.
class PayloadText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PayloadText(QWidget *parent = nullptr);
    ~PayloadText() override;

    void setText(PreparedText text);
    /// The whole text as it was given.
    [[nodiscard]] QString wholeText() const;
    [[nodiscard]] const PreparedText &prepared() const { return m_text; }
    void setWrapping(bool wrap);
    /// Marks these places, in the order of their lines, until the text changes.
    void setMarked(const QList<TextPlace> &places);
    /// Selects the place and scrolls there, as soon as the text has been filled in so far.
    void showPlace(const TextPlace &place);

protected:
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void appendSlice();
    void goToPlace();
    void colorVisible();
    void colorBlock(const QTextBlock &block);

    PreparedText m_text;
    /// The number of lines that are in the document already.
    qsizetype m_filled = 0;
    QBasicTimer m_fill;
    /// Blocks with a lower number are coloured already.
    QList<bool> m_colored;
    QList<TextPlace> m_marked;
    std::optional<TextPlace> m_wanted;
};

} // namespace sockeye
