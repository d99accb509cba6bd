#pragma once

#include <QDialog>

class QPlainTextEdit;

namespace sockeye {

/// The note on one entry, or the same on several; an empty one is no note.
class NoteDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `entries` is how many get it.
    NoteDialog(const QString &note, qint64 entries, QWidget *parent = nullptr);

    /// Without the white space around it.
    [[nodiscard]] QString note() const;

protected:
    /// Ctrl+Return saves.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPlainTextEdit *m_edit;
};

} // namespace sockeye
