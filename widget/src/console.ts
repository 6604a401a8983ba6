import { Board } from "./console/board.ts";

const board = document.querySelector<HTMLElement>(".board[data-queue]");
if (board) new Board(board).start();
