#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace sockeye {

/// Shows the help pages beside a list of them, and finds words in the one that is shown. The window can be used
/// meanwhile. Nothing is loaded from anywhere; a link to the web is opened by the desktop once it is clicked.
class HelpDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit HelpDialog(QWidget *parent = nullptr);

    /// Brings the page with this file's name to the front.
    void showPage(const QString &file);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void showCurrent();
    void follow(const QUrl &link);
    /// Goes to the next place where the words stand, from the top again after the last.
    void findNext(bool fromHere);

    QListWidget *m_pages;
    QTextBrowser *m_text;
    QLineEdit *m_find;
    QLabel *m_found;
};

} // namespace sockeye
