#pragma once

#include "structs/StructFault.h"

#include <QPlainTextEdit>

#include <optional>

namespace sockeye {

class StructHighlighter;

/// The text of a struct as it is written: coloured, its lines numbered, its fault underlined. A new line is indented as
/// the one above. What is typed and pasted is kept to the UTF-16 code unit: read and write it by text() and setText().
class StructEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    /// The most that can be pasted at once, in characters: no struct is as long.
    static constexpr qsizetype MaxPaste = 1'000'000;

    explicit StructEdit(QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    /// Undo does not lead back.
    void setText(const QString &text);
    /// Likewise, but as one step of undo.
    void replaceText(const QString &text);
    /// Underlines what is wrong.
    void setFault(const std::optional<StructFault> &fault);
    /// Puts the cursor to what is wrong.
    void goToFault();

Q_SIGNALS:
    void pasteRefused(qsizetype characters);

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    [[nodiscard]] QMimeData *createMimeDataFromSelection() const override;

private:
    void insertLine();
    void closeBrace();
    [[nodiscard]] QTextCursor faultCursor() const;
    void showFault();
    void placeNumbers();
    void paintNumbers(QPaintEvent *event);
    [[nodiscard]] int numbersWidth() const;

    QWidget *m_numbers;
    StructHighlighter *m_highlighter;
    std::optional<StructFault> m_fault;
};

} // namespace sockeye
