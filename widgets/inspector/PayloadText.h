#pragma once

#include <QBasicTimer>
#include <QPlainTextEdit>

namespace sockeye {

/// A text made ready for PayloadText, away from the GUI thread. Very long lines are broken, since the layout of a line
/// takes time by its length; the broken places are remembered and do not show up in what is copied.
struct PreparedText
{
    static constexpr qsizetype MaxLine = 4096;

    QStringList lines;
    /// For each line, whether the break after it was inserted here.
    QList<bool> isBroken;
    bool isJson = false;

    [[nodiscard]] static PreparedText from(const QString &text, bool isJson);

    friend bool operator==(const PreparedText &, const PreparedText &) = default;
};

/// Shows text of a payload, up to some megabytes, without blocking the window: it fills in slices, and only what is
/// visible is coloured.
class PayloadText final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PayloadText(QWidget *parent = nullptr);
    ~PayloadText() override;

    void setText(PreparedText text);
    /// The whole text as it was given.
    [[nodiscard]] QString wholeText() const;
    void setWrapping(bool wrap);

protected:
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void appendSlice();
    void colorVisible();
    void colorBlock(const QTextBlock &block);

    PreparedText m_text;
    /// The number of lines that are in the document already.
    qsizetype m_filled = 0;
    QBasicTimer m_fill;
    /// Blocks with a lower number are coloured already.
    QList<bool> m_colored;
};

} // namespace sockeye
