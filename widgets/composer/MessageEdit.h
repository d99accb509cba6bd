#pragma once

#include <QPlainTextEdit>

#include <chrono>

namespace sockeye {

/// The editor of a message: Ctrl+Return sends, Tab moves on, Alt+Up and Alt+Down go through what was sent. Dropped
/// files are left to the composer around it.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// The most characters that can be pasted: laying out a longer line would block the window.
    static constexpr qsizetype MaxPaste = 1'000'000;

    /// How long typing in a long text has to pause before the text is checked.
    static constexpr std::chrono::milliseconds Pause{200};

    explicit MessageEdit(QWidget *parent = nullptr);

    /// The text to the letter: toPlainText() makes spaces of no-break spaces.
    [[nodiscard]] QString text() const;
    /// Whether the text is too long to be checked at each key.
    [[nodiscard]] bool isLong() const;

Q_SIGNALS:
    void sendRequested();
    void historyRequested(int step);
    void pasteRefused(qsizetype characters);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
};

} // namespace sockeye
