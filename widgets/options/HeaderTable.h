#pragma once

#include "endpoint/Endpoint.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QTableWidget;

namespace sockeye {

/// Edits the headers of an opening request: in order, duplicates allowed, each with a tick whether it is sent.
class HeaderTable final : public QWidget
{
    Q_OBJECT

public:
    explicit HeaderTable(QWidget *parent = nullptr);

    [[nodiscard]] QList<RequestHeader> headers() const;
    void setHeaders(const QList<RequestHeader> &headers);
    /// The connection's URL, from which Host and Origin are suggested.
    void setUrl(const QString &url) { m_url = url; }
    [[nodiscard]] QTableWidget *table() const { return m_table; }

public Q_SLOTS:
    void addHeader();
    void removeHeader();
    void pasteHeaders();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QWidget *makeButtons();
    [[nodiscard]] QMenu *makeCommonMenu();
    void append(const RequestHeader &header);
    /// Names a row's check box after its header, for screen readers.
    void nameTick(int row);
    /// Replaces the first header of this name, or appends one.
    void replace(const RequestHeader &header);
    /// Adds the cookie to the first Cookie header, or appends one (RFC 6265 section 5.4: there is one at most).
    void addCookie(const RequestHeader &cookie);
    /// Starts editing the header's value; appends the header with the suggestion if there is none.
    void editValue(const QString &name, const QString &suggestion);
    [[nodiscard]] int find(const QString &name) const;
    void tell(const QString &text);
    void move(int by);
    void updateButtons();
    [[nodiscard]] RequestHeader headerAt(int row) const;

    QTableWidget *m_table;
    QString m_url;
    QLabel *m_told;
    QPushButton *m_remove = nullptr;
    QPushButton *m_up = nullptr;
    QPushButton *m_down = nullptr;
};

} // namespace sockeye
